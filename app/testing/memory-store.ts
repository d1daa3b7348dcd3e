import { applyEntry, initialMessage } from "../protocol/apply-entry.ts";
import type { Entry } from "../protocol/log.ts";
import type { AroundData, HistoryData, Message } from "../protocol/message.ts";
import { isPrivateName } from "../protocol/private-room.ts";
import { withChange } from "../room/log/erase.ts";
import type { NewAuditEntry } from "../room/ports/audit.ts";
import type { Append, AppendOutcome, MessagePage, MessagesAround } from "../room/ports/log.ts";
import type { CreateOutcome, NewPrivateRoom, OwnRoom, PrivateRoomState } from "../room/ports/private-rooms.ts";
import type { ReactionKind } from "../room/ports/reactions.ts";
import type { SearchIndex, SearchRequest } from "../room/ports/search.ts";
import type { Store } from "../room/ports/store.ts";
import { matchOf } from "../room/search/match.ts";
import { authorOf, identityOf } from "../store/append-identity.ts";
import { outcomeOf } from "../store/append-result.ts";
import { MemoryModeration } from "./memory-moderation.ts";
import { changeRoom, newPrivateRoom, ownRoomOf } from "./memory-private-room.ts";
import { memoryUsers } from "./memory-users.ts";
import { NO_ACCOUNTS } from "./no-accounts.ts";

type Log = { epoch: string; floor: number; entries: Entry[]; repeats: Map<string, Entry> };

/** A store in memory, for tests of the domain alone. Results can be held back or made to fail; `store/` has the real ones. */
export class MemoryStore extends MemoryModeration implements Store {
	readonly accounts = NO_ACCOUNTS;
	readonly users = memoryUsers();
	readonly searchIndex: SearchIndex = {
		search: (request) => this.#search(request),
		indexStep: () => this.later({ indexed: 0, more: false }),
		async clearIndex() {},
	};
	readonly #logs = new Map<string, Log>();
	#epochs = 0;
	readonly calls = { open: 0, history: 0, since: 0, heads: 0, append: 0, reactionsOf: 0 };
	readonly privateRooms = new Map<string, PrivateRoomState>();

	/** Appends messages, as another process would. Returns their entries. */
	commit(room: string, count: number, createdAt?: number): Entry[] {
		const { entries } = this.#log(room);
		const from = entries.length + 1;
		const added = Array.from({ length: count }, (_, index) => ({
			...messageAt(from + index),
			...(createdAt !== undefined && { createdAt }),
		}));
		entries.push(...added);
		return added;
	}

	/** Removes a room. A later log of the same name has another epoch. */
	remove(room: string): boolean {
		return this.#logs.delete(room);
	}

	async open(room: string, tail: number, messages = 0) {
		this.calls.open++;
		const { entries, ...state } = this.#state(room);
		const all = this.#messages(room);
		const newest = messages === 0 ? [] : all.slice(-messages);
		const more = all.length > newest.length;
		return this.later({ ...state, entries: tail === 0 ? [] : entries.slice(-tail), messages: newest, more });
	}

	async append(batch: Append[]): Promise<AppendOutcome[]> {
		this.calls.append++;
		this.write();
		return this.later(batch.map((append) => this.#append(append)));
	}

	async history(room: string, { before, after, limit, viewer }: MessagePage): Promise<HistoryData> {
		this.calls.history++;
		const inRange = this.#messages(room, viewer).filter(
			({ seq }) => seq < (before ?? Number.POSITIVE_INFINITY) && seq > (after ?? 0),
		);
		const messages = after === undefined ? inRange.slice(-limit) : inRange.slice(0, limit);
		return this.later({ messages, more: inRange.length > messages.length, seq: this.#state(room).seq });
	}

	async around(room: string, { limit, viewer, ...place }: MessagesAround): Promise<AroundData> {
		const all = this.#messages(room, viewer);
		const at = all.findIndex(({ seq, createdAt }) => ("seq" in place ? seq >= place.seq : createdAt >= place.at));
		const from = Math.max(0, (at === -1 ? all.length : at) - Math.floor(limit / 2));
		const messages = all.slice(from, from + limit);
		const moreAfter = from + limit < all.length;
		return this.later({ messages, more: from > 0, moreAfter, seq: this.#state(room).seq });
	}

	async reactionsOf(user: string, room: string, kinds: readonly ReactionKind[]): Promise<ReactionKind[]> {
		this.calls.reactionsOf++;
		const messages = this.#messages(room, user);
		const isMine = ({ target, emoji }: ReactionKind) =>
			messages.find(({ seq }) => seq === target)?.reactions?.find((reaction) => reaction.emoji === emoji)?.mine;
		return this.later(kinds.filter(isMine));
	}

	async since(room: string, after: number, limit: number) {
		this.calls.since++;
		const { entries, ...state } = this.#state(room);
		const newer = entries.filter(({ seq }) => seq > after);
		return this.later({ ...state, entries: newer.slice(0, limit), more: newer.length > limit });
	}

	async renewEpoch(room: string, epoch: string): Promise<void> {
		const log = this.#logs.get(room);
		if (log?.epoch === epoch) log.epoch = `epoch ${++this.#epochs}`;
	}

	/** Loses the newest entries of a room, as a failover to a replica that lags. */
	lose(room: string, count: number): void {
		const log = this.#log(room);
		log.entries = log.entries.slice(0, -count);
	}

	async heads(rooms: readonly string[]) {
		this.calls.heads++;
		const known = rooms.filter((room) => this.#logs.has(room)).map((room) => [room, this.#state(room)] as const);
		return this.later(new Map(known.map(([room, { epoch, seq }]) => [room, { epoch, seq }])));
	}

	async rooms(limit: number) {
		const open = [...this.#logs].filter(([room]) => !this.privateRooms.has(room));
		const rooms = open.map(([room, { entries }]) => ({
			room,
			lastActiveAt: entries.at(-1)?.createdAt ?? 0,
			...(entries.length === 0 && { isEmpty: true as const }),
		}));
		return rooms.sort((a, b) => b.lastActiveAt - a.lastActiveAt).slice(0, limit);
	}

	async createPrivateRoom(room: NewPrivateRoom): Promise<CreateOutcome> {
		this.write();
		const { state, entries } = newPrivateRoom(room);
		this.privateRooms.set(room.room, state);
		this.#log(room.room).entries.push(...entries);
		return { outcome: "created", room: room.room };
	}

	async openPrivate(room: string, tail: number, messages: number) {
		const state = structuredClone(this.privateRooms.get(room));
		return state && { ...(await this.open(room, tail, messages)), state };
	}

	async roleIn(room: string, userId: string) {
		return this.privateRooms.get(room)?.members.find(({ user }) => user.id === userId)?.role;
	}

	async membersOf(room: string) {
		return (this.privateRooms.get(room)?.members ?? []).map(({ user, role }) => ({ user, role }));
	}

	async privateRoomsOf(userId: string): Promise<OwnRoom[]> {
		const own = [...this.privateRooms].filter(([, { members }]) => members.some(({ user }) => user.id === userId));
		return own.map(([room, state]) => ownRoomOf(room, state));
	}

	async nameOf(): Promise<undefined> {}
	async #search({ query, rooms, limit, viewer }: SearchRequest) {
		const own = [...this.privateRooms].filter(([, { members }]) => members.some(({ user }) => user.id === viewer));
		const names = [...rooms, ...own.map(([name]) => name)];
		const hits = names
			.filter((room) => query.room === undefined || room === query.room)
			.flatMap((room) =>
				this.#messages(room, viewer).flatMap((message) => {
					const ranges = matchOf(message, query);
					return ranges ? [{ room, message, ranges }] : [];
				}),
			);
		return this.later({ hits: hits.slice(0, limit) });
	}

	async removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean> {
		this.write();
		const existed = this.remove(room);
		if (existed) this.record(audit);
		return existed;
	}

	async prune(before: number): Promise<number> {
		let pruned = 0;
		for (const log of this.#logs.values()) {
			const old = log.entries.filter(({ createdAt }) => createdAt < before);
			log.floor = old.at(-1)?.seq ?? log.floor;
			log.entries = log.entries.slice(old.length);
			pruned += old.length;
		}
		return pruned;
	}

	async pruneEmptyRooms(_before: number, kept: readonly string[]): Promise<number> {
		const empty = [...this.#logs].filter(([room, { entries }]) => entries.length === 0 && !kept.includes(room));
		for (const [room] of empty) this.remove(room);
		return empty.length;
	}

	async ping(): Promise<void> {}
	async backup(): Promise<void> {}
	async close(): Promise<void> {}

	protected override hasRoom(room: string): boolean {
		this.write();
		return this.#logs.has(room);
	}

	#state(room: string) {
		const { epoch, floor, entries } = this.#log(room);
		return { epoch, floor, seq: entries.at(-1)?.seq ?? floor, entries };
	}

	#log(room: string): Log {
		const log = this.#logs.get(room) ?? {
			epoch: `epoch ${++this.#epochs}`,
			floor: 0,
			entries: [],
			repeats: new Map(),
		};
		this.#logs.set(room, log);
		return log;
	}

	/** Returns the messages of a room in their current state. */
	#messages(room: string, viewer?: string): Message[] {
		const { entries } = this.#log(room);
		const messages = entries.flatMap((entry) => (entry.kind === "message" ? initialMessage(entry) : []));
		return messages.map((message) =>
			entries.reduce<Message>((state, entry) => applyEntry(state, entry, viewer) ?? state, message),
		);
	}

	#append(append: Append): AppendOutcome {
		const room = this.privateRooms.get(append.room);
		const isMember = (id: string | undefined) => room?.members.some(({ user }) => user.id === id);
		if (isPrivateName(append.room) && !isMember(authorOf(append))) return { outcome: "refused", reason: "not_member" };
		const log = this.#log(append.room);
		if (append.kind === "member" || append.kind === "room") {
			const outcome = outcomeOf(append, this.#state(append.room).seq + 1);
			if (outcome.outcome !== "appended") return outcome;
			log.entries.push(outcome.entry);
			this.privateRooms.set(append.room, changeRoom(room!, append, outcome.entry.seq));
			return outcome;
		}
		const { repeats } = log;
		const key = keyOf(append);
		const first = repeats.get(key);
		if (first) return { outcome: "repeated", seq: first.seq, createdAt: first.createdAt };
		const target = this.#messages(append.room).find(
			({ seq }) => seq === (append.kind === "message" ? append.reply : append.target),
		);
		const refers = append.kind !== "message" || append.reply !== undefined;
		if (refers && !target) return { outcome: "refused", reason: "missing" };
		const user = append.kind === "edit" ? append.user : append.kind === "removal" ? append.by?.user : undefined;
		if (user && target?.author.id !== user.id) return { outcome: "refused", reason: "forbidden" };
		if (append.kind === "edit" && target!.createdAt < append.notBefore)
			return { outcome: "refused", reason: "expired" };
		const seq = this.#state(append.room).seq + 1;
		const root = append.kind === "message" ? target && (target.root ?? target.seq) : target?.root;
		const files = append.kind === "message" ? (append.files ?? []).map((id) => this.files.get(id)) : [];
		if (files.some((file) => file?.state !== "stored")) return { outcome: "refused", reason: "no_file" };
		for (const file of files) file!.state = "bound";
		const outcome = outcomeOf(append, { seq, root, files: files.map((file) => file!.info) });
		if (outcome.outcome !== "appended") return outcome;
		const { entry } = outcome;
		log.entries = [...withChange(log.entries, entry), entry];
		repeats.set(key, entry);
		if ("audit" in append) this.record(append.audit);
		return outcome;
	}
}

function keyOf(append: Append): string {
	const by = identityOf(append);
	if (by) return `${by.userId} ${by.clientId}`;
	return `${append.kind} ${"target" in append && append.target} ${"on" in append && append.on}`;
}

/** Returns a message with its `seq` as its text and its time. */
export function messageAt(seq: number): Entry {
	return { kind: "message", seq, author: { id: "u", name: "Ursula" }, body: `${seq}`, createdAt: seq };
}
