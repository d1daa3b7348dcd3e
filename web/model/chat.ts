import type { ReadonlySignal } from "@preact/signals";
import type { Refusal } from "../../app/protocol.ts";
import type { Connection, Status } from "../connection/connection.ts";
import type { Directory } from "./directory.ts";
import type { Memory } from "./memory.ts";
import type { Notices } from "./notices.ts";
import type { PendingStore } from "./pending.ts";
import type { Rooms } from "./rooms.ts";
import type { Session } from "./session.ts";

/** Everything the page shows and does. */
export type Chat = {
	readonly session: Session;
	readonly rooms: Rooms;
	readonly directory: Directory;
	readonly notices: Notices;
	readonly line: {
		readonly status: ReadonlySignal<Status>;
		/** Say "reconnecting" when this is true, not before. */
		readonly reconnecting: ReadonlySignal<boolean>;
		/** Why the server won't have us, while `status` is `refused`. */
		readonly refusal: ReadonlySignal<Refusal | undefined>;
		retry(): void;
	};
	/** The room used last, to fill in the join page. */
	readonly lastRoom: ReadonlySignal<string>;
	/**
	 * The join page's one act: signs in under this name (again, where the name is another one) and joins the room.
	 * A refusal's `field` is "name" or "room" where it is about one of them.
	 */
	enter(name: string, room: string): Promise<Refusal | undefined>;
};

export type ChatOptions = {
	connection: Connection;
	memory: Memory;
	pendingStore: PendingStore;
	/** `globalThis.fetch` unless told. */
	fetch?: typeof globalThis.fetch;
	/** The server's origin with no slash at the end; the page's own ("") unless told. */
	url?: string;
	/** Undefined where the device has none. */
	geolocation?: Pick<Geolocation, "getCurrentPosition"> | undefined;
};

/** Puts the model together and takes up what the last page left: session, rooms, outbox. */
export declare function createChat(options: ChatOptions): Chat;
