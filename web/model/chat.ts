import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { Status } from "../connection/comeback.ts";
import type { Connection } from "../connection/connection.ts";
import { createAsk } from "./ask.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createLocate } from "./location.ts";
import type { Memory } from "./memory.ts";
import { createNotices, type Notices } from "./notices.ts";
import type { PendingStore } from "./pending.ts";
import { createPerson, type Person } from "./person.ts";
import type { Room } from "./room.ts";
import { forgetRooms } from "./room-memory.ts";
import type { Rooms } from "./rooms.ts";
import { CookieSession, type Session } from "./session.ts";

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
export function createChat({ connection, memory, pendingStore, fetch, url = "", geolocation }: ChatOptions): Chat {
	const ask = createAsk(fetch ?? ((...args) => globalThis.fetch(...args)), url);
	const session = new CookieSession(ask, memory);
	const locate = createLocate(geolocation);
	const lastRoom = signal(asText(memory.get("room")));
	const person = signal<Person | undefined>();
	const rooms: Rooms = {
		joined: computed(() => person.value?.rooms.joined.value ?? NO_ROOMS),
		current: computed(() => person.value?.rooms.current.value),
		join: async (name) => (person.peek() ? person.peek()!.rooms.join(name) : NOT_SIGNED_IN),
		leave: (name) => person.peek()?.rooms.leave(name),
		switchTo: (name) => person.peek()?.rooms.switchTo(name),
	};

	effect(() => {
		const user = session.user.value;
		return untracked(() => {
			if (!user) return;
			const now = createPerson({
				user,
				connection,
				memory,
				pendingStore,
				locate,
				onReplaced: () => session.restoreAgain(),
			});
			person.value = now;
			connection.open();
			return () => {
				person.value = undefined;
				connection.close();
				now.close();
			};
		});
	});
	effect(() => {
		const refusal = connection.refusal.value;
		if (refusal?.code === "unauthorized") untracked(() => session.end(refusal));
	});
	effect(() => {
		const current = rooms.current.value?.name;
		if (current === undefined) return;
		memory.set("room", current);
		lastRoom.value = current;
	});
	session.restore();

	async function signOut(): Promise<Refusal | undefined> {
		const user = session.user.peek();
		const refusal = await session.signOut();
		if (refusal) return refusal;
		forgetRooms(memory);
		if (user) await pendingStore.clear(user.id).catch(() => {});
		return undefined;
	}

	return {
		session: {
			state: session.state,
			user: session.user,
			problem: session.problem,
			lastName: session.lastName,
			signIn: (name) => session.signIn(name),
			signOut,
		},
		rooms,
		directory: createDirectory(ask),
		notices: createNotices(connection),
		line: {
			status: connection.status,
			reconnecting: connection.reconnecting,
			refusal: connection.refusal,
			retry: () => connection.retry(),
		},
		lastRoom,
		async enter(name, room) {
			const user = session.user.peek();
			// As the server writes names, so that a space too many is not another name.
			if (user && user.name !== name.normalize("NFKC").replace(/\s+/g, " ").trim()) {
				const refusal = await signOut();
				if (refusal) return refusal;
			}
			if (!session.user.peek()) {
				const refusal = await session.signIn(name);
				if (refusal) return refusal;
			}
			return rooms.join(room);
		},
	};
}

const NO_ROOMS: readonly Room[] = [];
const NOT_SIGNED_IN: Refusal = {
	code: "unauthorized",
	message: "Sign in with a name first.",
	retryable: false,
	field: "name",
};

function asText(value: unknown): string {
	return typeof value === "string" ? value : "";
}
