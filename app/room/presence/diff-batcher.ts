import type { PresenceDiff } from "../../protocol/presence.ts";
import type { User } from "../../protocol/session.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";

/** Joins and leaves within this time are one broadcast. */
const WINDOW_MS = 200;
/** A large room receives only its count, less often the larger it is. */
const LARGE_ROOM_WINDOW_MS = 1_000;
const MAX_WINDOW_MS = 5_000;
const MEMBERS_PER_MS = 2;

/** `connectionId` is that of a newcomer on this process: its ack has the snapshot, which its own join is part of. */
type Change = { kind: "join"; user: User; connectionId?: string } | { kind: "leave" | "rename"; user: User };

type PresenceDiffBatcherDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom" | "toConnection">;
	clock: Pick<Clock, "after">;
	count: () => number;
	isMember: (userId: string) => boolean;
	/** Whether the room receives only its count. */
	isLarge: () => boolean;
};

/** Broadcasts the joins and leaves of a room, one packet per window (rule P1). */
export class PresenceDiffBatcher {
	readonly #deps: PresenceDiffBatcherDeps;
	#changes: Change[] = [];
	#window: (() => void) | undefined;

	constructor(deps: PresenceDiffBatcherDeps) {
		this.#deps = deps;
	}

	/** Adds a change, which the room's members already include. */
	add(change: Change): void {
		// The diff of a large room has no names, and in a storm of joins the list would be long.
		if (!this.#deps.isLarge()) this.#addNamed(change);
		this.#window ??= this.#deps.clock.after(this.#windowMs(), () => this.#flush());
	}

	/** Discards the changes that were not broadcast. */
	clear(): void {
		this.#window?.();
		this.#window = undefined;
		this.#changes = [];
	}

	#addNamed(change: Change): void {
		const { id, name } = change.user;
		const last = this.#changes.findLastIndex(({ kind, user }) => user.id === id && kind !== "rename");
		// A join and a leave cancel, unless a newcomer's snapshot shows the state between them.
		const cancels =
			change.kind !== "rename" &&
			this.#changes[last]?.user.name === name &&
			!this.#changes.slice(last + 1).some(({ kind }) => kind === "join");
		if (cancels) this.#changes.splice(last, 1);
		else this.#changes.push(change);
	}

	#flush(): void {
		const { room, broadcast, count, isLarge } = this.#deps;
		const changes = this.#changes;
		this.#changes = [];
		this.#window = undefined;
		if (isLarge()) {
			broadcast.toRoom(room, "presence:diff", { room, joins: [], leaves: [], count: count() });
			return;
		}
		if (changes.length === 0) return;
		const newcomers = changes.flatMap((change) => newcomerOf(change) ?? []);
		broadcast.toRoom(room, "presence:diff", this.#diff(changes), { except: newcomers });
		for (const [index, change] of changes.entries()) {
			// A newcomer's snapshot has the changes before its join. It receives those after it.
			const later = changes.slice(index + 1);
			const newcomer = newcomerOf(change);
			if (newcomer !== undefined && later.length > 0)
				broadcast.toConnection(newcomer, "presence:diff", this.#diff(later));
		}
	}

	/** Returns the current state of every user in `changes`, once each. */
	#diff(changes: readonly Change[]): PresenceDiff {
		const { room, count, isMember } = this.#deps;
		const users = new Map(changes.map(({ user }) => [user.id, user]));
		const joins: User[] = [];
		const leaves: User[] = [];
		for (const user of users.values()) (isMember(user.id) ? joins : leaves).push(user);
		return { room, joins, leaves, count: count() };
	}

	#windowMs(): number {
		if (!this.#deps.isLarge()) return WINDOW_MS;
		return Math.min(MAX_WINDOW_MS, Math.max(LARGE_ROOM_WINDOW_MS, this.#deps.count() / MEMBERS_PER_MS));
	}
}

function newcomerOf(change: Change): string | undefined {
	return change.kind === "join" ? change.connectionId : undefined;
}
