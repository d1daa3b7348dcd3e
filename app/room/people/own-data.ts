import type { Message } from "../../protocol/message.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { MemberAppends } from "../member-appends.ts";
import type { RevokedSession } from "../ports/accounts.ts";
import type { Clock } from "../ports/clock.ts";
import type { Append } from "../ports/log.ts";
import { SESSION_MS } from "../ports/sessions.ts";
import type { Store } from "../ports/store.ts";
import type { ReadMarks } from "../read-marks/read-marks.ts";
import { accept, type Refused, refuse } from "../refusals.ts";
import type { ChatRooms } from "../rooms.ts";
import type { ChangedUsers } from "./changed-users.ts";
import type { People } from "./people.ts";

/** The user's entries of a page: each message is read on its own. */
const PAGE_ENTRIES = 100;
/** Downloads at a time on this process. */
const MAX_DOWNLOADS = 4;
/** Time after which a removal responds, to be requested again, so that no proxy ends the request. */
const REMOVAL_MS = 8_000;

type OwnDataDeps = {
	store: Pick<Store, "users" | "accounts" | "history" | "privateRoomsOf" | "membersOf">;
	appends: Pick<MemberAppends, "append">;
	rooms: Pick<ChatRooms, "remove">;
	readMarks: Pick<ReadMarks, "flush">;
	people: Pick<People, "userOf" | "reconcile">;
	changedUsers: Pick<ChangedUsers, "reconcile">;
	clock: Pick<Clock, "now" | "monotonic">;
	/** Publishes to the other processes that people changed. */
	publish: () => void;
	/** Resolves when every message accepted so far is stored or refused. */
	settled: () => Promise<void>;
	/** Ends a revoked session's connections, on every process. */
	onEnded: (session: RevokedSession) => void;
};

/** What the chat has of one user: to download, and to remove (rules K9, K10). */
export class OwnData {
	readonly #deps: OwnDataDeps;
	readonly #downloading = new Set<string>();

	constructor(deps: OwnDataDeps) {
		this.#deps = deps;
	}

	/**
	 * Returns the user's data as JSON values, a page of them at a time, each read when it is asked for. `mayGoOn` is asked
	 * before each page. A caller that does not read to the end calls `return()`.
	 */
	download(user: User, mayGoOn: () => boolean): Ack<AsyncGenerator<object[]>> {
		if (this.#downloading.has(user.id) || this.#downloading.size >= MAX_DOWNLOADS)
			return refuse("unavailable", "Your data, or that of others, is being downloaded. Try again in a moment.", {
				retryAfterMs: 10_000,
			});
		this.#downloading.add(user.id);
		return accept(this.#pages(user, mayGoOn));
	}

	/**
	 * Removes the user: their memberships, role, passkeys, codes, read marks, invitations and sessions, and their messages if
	 * `messages` is "remove". With `more` it took long, and the request is to be repeated.
	 */
	async remove(user: User, messages: "keep" | "remove"): Promise<Ack<{ more?: true }>> {
		const { store, readMarks, people, changedUsers, clock, publish, settled, onEnded } = this.#deps;
		if (messages === "remove") {
			const removed = await this.#removeMessages(user);
			if (!removed.ok || removed.data.more) return removed;
		}
		const left = await this.#leaveRooms(user);
		if (left) return left;
		await readMarks.flush();
		if (!(await store.users.remove(user.id, clock.now() + SESSION_MS))) return LAST_OWNER;
		for (const session of await store.accounts.endSessions(user.id, { except: "" })) onEnded(session);
		publish();
		await people.reconcile();
		await changedUsers.reconcile();
		await settled();
		return accept({});
	}

	async *#pages(user: User, mayGoOn: () => boolean): AsyncGenerator<object[]> {
		const { store, people, clock } = this.#deps;
		try {
			const { passkeys } = await store.accounts.passkeys(user.id);
			const sessions = await store.accounts.sessions(user.id, clock.now());
			yield [{ user: people.userOf(user) }, { passkeys }, { sessions }, { rooms: await store.privateRoomsOf(user.id) }];
			let count = 0;
			for (let after: string | undefined = ""; after !== undefined && mayGoOn(); ) {
				const { places, next }: Awaited<ReturnType<Store["users"]["messagePlaces"]>> = await store.users.messagePlaces(
					user.id,
					after,
					PAGE_ENTRIES,
				);
				const page: object[] = [];
				for (const { room, seq } of places) {
					const message = await this.#messageAt(room, seq, user.id);
					if (message) page.push({ room, message });
				}
				count += page.length;
				yield page;
				after = next;
				if (after === undefined) yield [{ end: true, messages: count }];
			}
		} finally {
			this.#downloading.delete(user.id);
		}
	}

	/** Reactions are the data of others. */
	async #messageAt(room: string, seq: number, userId: string): Promise<Omit<Message, "reactions"> | undefined> {
		const page = await this.#deps.store.history(room, { after: seq - 1, limit: 1 });
		const [found] = page.messages;
		if (found?.seq !== seq || found.author.id !== userId) return undefined;
		const { reactions: _, ...message } = found;
		return message;
	}

	async #removeMessages(user: User): Promise<Ack<{ more?: true }>> {
		const { store, clock } = this.#deps;
		const until = clock.monotonic() + REMOVAL_MS;
		for (let after: string | undefined = ""; after !== undefined; ) {
			const { places, next }: Awaited<ReturnType<Store["users"]["messagePlaces"]>> = await store.users.messagePlaces(
				user.id,
				after,
				PAGE_ENTRIES,
			);
			const removals = places.map(({ room, seq: target }) =>
				this.#append({
					...{ kind: "removal", room, target, createdAt: clock.now() },
					by: { user, clientId: crypto.randomUUID() },
				}),
			);
			const refused = (await Promise.all(removals)).find((refusal) => refusal?.error.retryable);
			if (refused) return refused;
			after = next;
			if (after !== undefined && clock.monotonic() > until) return accept({ more: true });
		}
		return accept({});
	}

	/** A private room gets another owner, or is removed with its only member. Direct rooms stay, for the others. */
	async #leaveRooms(user: User): Promise<Refused | undefined> {
		const { store, rooms, clock } = this.#deps;
		for (const { room, kind } of await store.privateRoomsOf(user.id)) {
			if (kind !== "private") continue;
			const members = await store.membersOf(room);
			const others = members.filter((member) => member.user.id !== user.id);
			const [first] = others;
			if (!first) {
				await rooms.remove(room);
				continue;
			}
			const change = { kind: "member", room, by: user, createdAt: clock.now() } as const;
			const hasOwner = others.some(({ role }) => role === "owner");
			const refused =
				(hasOwner ? undefined : await this.#append({ ...change, user: first.user, role: "owner" })) ??
				(await this.#append({ ...change, user }));
			if (refused && refused.error.code !== "not_found") return refused;
		}
		return undefined;
	}

	/** Resolves after the commit, with the refusal if there is one. */
	#append(append: Append): Promise<Refused | undefined> {
		return new Promise((resolve) => {
			this.#deps.appends.append(append, (ack) => resolve(ack.ok ? undefined : ack), REFUSALS);
		});
	}
}

const GONE = refuse("not_found", "It is gone already.");
const REFUSALS = {
	missing: GONE,
	forbidden: GONE,
	last: refuse("unavailable", "A room of yours has just changed. Try again.", { retryAfterMs: 0 }),
	full: GONE,
};
const LAST_OWNER = refuse("forbidden", "The chat needs an owner. Make somebody else an owner first.");
