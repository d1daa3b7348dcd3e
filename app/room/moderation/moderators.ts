import { isPrivateName } from "../../protocol/private-room.ts";
import type { Ack } from "../../protocol/refusal.ts";
import { type Actor, auditedActor, type People } from "../people/people.ts";
import { type Act, isAbove } from "../people/rights.ts";
import type { AuditEntry, ModerationNote } from "../ports/audit.ts";
import type { Ban, BanTarget } from "../ports/moderation.ts";
import { accept, type Refused, refuse } from "../refusals.ts";
import type { BanRequest, Moderation } from "./moderation.ts";

type ModeratorsDeps = {
	people: Pick<People, "refusal" | "roleOf">;
	moderation: Pick<
		Moderation,
		"kick" | "ban" | "unban" | "bans" | "closeRoom" | "reopenRoom" | "closedRooms" | "audit"
	>;
};

type BanPage = { offset: number; limit: number; user?: string | undefined };

/**
 * Moderation by owners, moderators and programs with the admin token: checks what each of them may do (rules A1, A7). A
 * user's name and id replace the name that a request gives.
 */
export class Moderators {
	readonly #deps: ModeratorsDeps;

	constructor(deps: ModeratorsDeps) {
		this.#deps = deps;
	}

	async kick(by: Actor, user: string, request: Pick<BanRequest, "room" | "minutes">, note: ModerationNote) {
		const refusal = this.#targetRefusal(by, user) ?? this.#refusal(by, "ban", request.room);
		return refusal ?? this.#deps.moderation.kick(user, request, noteOf(by, note));
	}

	async ban(by: Actor, request: BanRequest, note: ModerationNote): Promise<Ack<{ bans: Ban[] }>> {
		const refusal = this.#targetRefusal(by, request.user) ?? this.#refusal(by, "ban", request.room);
		return refusal ?? this.#deps.moderation.ban(request, noteOf(by, note));
	}

	async unban(by: Actor, banned: BanTarget, note: ModerationNote): Promise<Ack<unknown>> {
		const refusal = this.#refusal(by, "ban", banned.room);
		return refusal ?? this.#deps.moderation.unban(banned, noteOf(by, note));
	}

	/** Returns a page of the active bans, newest first: of one user, or all. */
	bans(by: Actor, { offset, limit, user }: BanPage): Ack<{ bans: Ban[]; more: boolean }> {
		const refusal = this.#refusal(by, "ban");
		if (refusal) return refusal;
		const isShown = ({ kind, target, room }: Ban) =>
			isVisible(by, room) && (user === undefined || (kind === "user" && target === user));
		return accept(this.#deps.moderation.bans(offset, limit, isShown));
	}

	async closeRoom(by: Actor, room: string, note: ModerationNote): Promise<Ack<unknown>> {
		const refusal = this.#refusal(by, "close_rooms", room);
		return refusal ?? this.#deps.moderation.closeRoom(room, noteOf(by, note));
	}

	async reopenRoom(by: Actor, room: string, note: ModerationNote): Promise<Ack<unknown>> {
		const refusal = this.#refusal(by, "close_rooms", room);
		return refusal ?? this.#deps.moderation.reopenRoom(room, noteOf(by, note));
	}

	closedRooms(by: Actor): Ack<{ rooms: string[] }> {
		const refusal = this.#refusal(by, "close_rooms");
		if (refusal) return refusal;
		return accept({ rooms: this.#deps.moderation.closedRooms().filter((room) => isVisible(by, room)) });
	}

	/** Returns a page of the audit log, newest first. To users, the name of a private room is `~`. */
	async audit(
		by: Actor,
		page: { before?: number; limit: number },
	): Promise<Ack<{ entries: AuditEntry[]; more: boolean }>> {
		const refusal = this.#refusal(by, "read_audit");
		if (refusal) return refusal;
		const { entries, more } = await this.#deps.moderation.audit(page);
		return accept({ entries: by === "admin" ? entries : entries.map(withoutPrivateRoom), more });
	}

	/** Returns why an actor may not do something, if so. In a private room its owners decide, whether or not there is one. */
	#refusal(by: Actor, act: Act, room?: string): Refused | undefined {
		return this.#deps.people.refusal(by, act) ?? (isVisible(by, room) ? undefined : OF_ITS_OWNERS);
	}

	/** Returns why a user may not act against another one, if so. */
	#targetRefusal(by: Actor, user: string | undefined): Refused | undefined {
		if (by === "admin" || user === undefined) return undefined;
		const { people } = this.#deps;
		const refusal = people.refusal(by, "ban");
		if (refusal) return refusal;
		return isAbove(people.roleOf(by.id), people.roleOf(user)) ? undefined : NOT_ABOVE;
	}
}

function noteOf(by: Actor, note: ModerationNote): ModerationNote {
	return by === "admin" ? note : { ...note, ...auditedActor(by) };
}

/** Programs with the admin token see the names of private rooms; users see none by moderation. */
function isVisible(by: Actor, room: string | undefined): boolean {
	return by === "admin" || room === undefined || !isPrivateName(room);
}

function withoutPrivateRoom({ target, ...entry }: AuditEntry): AuditEntry {
	const isPrivate = target.room !== undefined && isPrivateName(target.room);
	return { ...entry, target: isPrivate ? { ...target, room: "~" } : target };
}

const OF_ITS_OWNERS = refuse("forbidden", "The owners of a private room decide who is in it.", { field: "room" });
const NOT_ABOVE = refuse("forbidden", "You can only do this to people whose role is lower than yours.", {
	field: "user",
});
