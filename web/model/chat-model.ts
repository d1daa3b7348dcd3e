import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isPrivateName } from "../../app/protocol/private-room.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { alwaysVisible, type PageLifecycle } from "../connection/page-lifecycle.ts";
import type { ConnectionStatus } from "../connection/reconnector.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { createDirectory, type Directory, type RoomsData } from "./directory.ts";
import type { LocalStorage } from "./local-storage.ts";
import { createNotices, type Notices } from "./notices.ts";
import type { PendingStore } from "./pending.ts";
import type { Room } from "./room.ts";
import { forgetRooms } from "./room-storage.ts";
import type { RoomList } from "./rooms.ts";
import { type ClientSession, CookieSession } from "./session.ts";
import { createSignedInUser, type SignedInUser } from "./signed-in-user.ts";

/** The state of the page and what a user can do on it. */
export type ChatModel = {
	readonly session: ClientSession;
	/** For the parts of the page that are loaded on use, as `request`. */
	readonly api: ApiClient;
	readonly request: ServerConnection["request"];
	readonly rooms: RoomList;
	readonly directory: Directory;
	readonly notices: Notices;
	readonly connection: {
		readonly status: ReadonlySignal<ConnectionStatus>;
		/** True once the connection has been missing for some seconds: show it from then on. */
		readonly reconnecting: ReadonlySignal<boolean>;
		/** The reason for the status `refused`. */
		readonly refusal: ReadonlySignal<Refusal | undefined>;
		retry(): void;
	};
	/** The last room, to fill in the join page. */
	readonly lastRoom: ReadonlySignal<string>;
	/**
	 * Signs in with this name, after signing out if it differs from the current one, and joins the room.
	 * The `field` of the refusal is "name" or "room" if one of them is the cause.
	 */
	enter(name: string, room: string): Promise<Refusal | undefined>;
};

export type ChatModelOptions = {
	connection: ServerConnection;
	storage: LocalStorage;
	pendingStore: PendingStore;
	/** Default: `globalThis.fetch`. */
	fetch?: typeof globalThis.fetch;
	/** Origin of the server, without a trailing slash. Default: the origin of the page (""). */
	url?: string;
	/** Default: a page that is always visible. */
	lifecycle?: Pick<PageLifecycle, "onHiddenChange">;
};

/** Creates the model of the page and restores the session, rooms and outbox of the last page. */
export function createChatModel(options: ChatModelOptions): ChatModel {
	const { connection, storage, pendingStore, fetch, url = "", lifecycle = alwaysVisible } = options;
	const api = createApiClient(fetch ?? ((...args) => globalThis.fetch(...args)), url);
	const session = new CookieSession(api, storage);
	const lastRoom = signal(asText(storage.get("room")));
	const notices = createNotices(connection);
	const signedIn = signal<SignedInUser | undefined>();
	const rooms: RoomList = {
		joined: computed(() => signedIn.value?.rooms.joined.value ?? NO_ROOMS),
		current: computed(() => signedIn.value?.rooms.current.value),
		join: async (name) => (signedIn.peek() ? signedIn.peek()!.rooms.join(name) : NOT_SIGNED_IN),
		leave: (name) => signedIn.peek()?.rooms.leave(name),
		setAside: (name) => signedIn.peek()?.rooms.setAside(name),
		takeBack: (name) => signedIn.peek()?.rooms.takeBack(name),
		switchTo: (name) => signedIn.peek()?.rooms.switchTo(name),
	};

	effect(() => {
		const user = session.user.value;
		return untracked(() => {
			if (!user) return;
			const created = createSignedInUser({
				user,
				connection,
				storage,
				pendingStore,
				onReplaced: () => void session.restoreAgain(),
				onHiddenChange: (listener) => lifecycle.onHiddenChange(listener),
				async listOwn() {
					const ack = await api<RoomsData>("GET", "/api/rooms?own");
					return ack.ok ? ack.data.rooms.map(({ room }) => room) : [];
				},
				onRemoved: notices.add,
			});
			signedIn.value = created;
			connection.open();
			return () => {
				signedIn.value = undefined;
				connection.close();
				created.close();
			};
		});
	});
	effect(() => {
		const refusal = connection.refusal.value;
		if (refusal?.code !== "unauthorized") return;
		untracked(() => session.end(refusal.access ? refusal : { ...refusal, message: "You were signed out." }));
	});
	effect(() => {
		const current = rooms.current.value?.name;
		// The name of a private room is of no use to another user.
		if (current === undefined || isPrivateName(current)) return;
		storage.set("room", current);
		lastRoom.value = current;
	});
	connection.on("user:renamed", ({ name }) => {
		const user = session.user.peek()!;
		// Another value reconnects, and a connection with the token of the old name receives this event again.
		if (name !== user.name) session.signedIn({ ...user, name });
	});
	session.restore();

	async function signOut(): Promise<Refusal | undefined> {
		const user = session.user.peek();
		signedIn.peek()?.releaseRemovals();
		const refusal = await session.signOut();
		if (refusal) return refusal;
		forgetRooms(storage);
		if (user) await pendingStore.clear(user.id).catch(() => {});
		return undefined;
	}

	return {
		session: {
			state: session.state,
			user: session.user,
			access: session.access,
			problem: session.problem,
			lastName: session.lastName,
			retry: () => session.retry(),
			signIn: (name) => session.signIn(name),
			signOut,
			restoreAgain: () => session.restoreAgain(),
		},
		api,
		request: connection.request,
		rooms,
		directory: createDirectory(api),
		notices,
		connection: {
			status: connection.status,
			reconnecting: connection.reconnecting,
			refusal: connection.refusal,
			retry: () => connection.retry(),
		},
		lastRoom,
		async enter(name, room) {
			const user = session.user.peek();
			// Normalized like on the server, so that an extra space is not a different name.
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
