import type { ChangeRequest, MemberAppends } from "./member-appends.ts";
import type { Connection } from "./ports/broadcast.ts";
import { type Refused, refuse } from "./refusals.ts";

const FORBIDDEN = refuse("forbidden", "Only an admin can pin messages in this room.");

/** The pinning of messages by members (rule C5). Every room is open to everybody, and there only admins pin messages. */
export class Pins {
	readonly #appends: MemberAppends;

	constructor({ appends }: { appends: MemberAppends }) {
		this.#appends = appends;
	}

	set(connection: Connection, { room: name }: ChangeRequest): Refused {
		const room = this.#appends.writableRoom(connection, name);
		return room.ok ? FORBIDDEN : room;
	}
}
