import type { PresenceDiff } from "../../protocol/presence.ts";
import type { User } from "../../protocol/session.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";

/** Joins and leaves of one window are told together, and cancel where they can. */
const WINDOW_MS = 200;
/** A large room is only told its count, and the less often the larger it is: nobody sees 9,998 become 9,999. */
const LARGE_ROOM_WINDOW_MS = 1_000;
const MAX_WINDOW_MS = 5_000;
const MEMBERS_PER_MS = 2;

/** `connectionId` is the newcomer's, if it is here: it has the snapshot, and is not told of itself. */
type Change = { kind: "join"; user: User; connectionId?: string } | { kind: "leave"; user: User };

type PresenceDiffBatcherDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom" | "toConnection">;
	clock: Pick<Clock, "after">;
	count: () => number;
	isMember: (userId: string) => boolean;
	/** Whether the room is only told how many are in it. */
	isLarge: () => boolean;
};

/** Tells a room who came and who went, a window at a time (rule P1). */
export class PresenceDiffBatcher {
	readonly #deps: PresenceDiffBatcherDeps;
	#changes: Change[] = [];
	#window: (() => void) | undefined;

	constructor(deps: PresenceDiffBatcherDeps) {
		this.#deps = deps;
	}

	tell(change: Change): void {
		// A large room is told its count: who came and went need not be known, and in a storm it would be long.
		if (!this.#deps.isLarge()) this.#note(change);
		this.#window ??= this.#deps.clock.after(this.#windowMs(), () => this.#flush());
	}

	/** Forgets what was not told yet. */
	clear(): void {
		this.#window?.();
		this.#window = undefined;
		this.#changes = [];
	}

	#note(change: Change): void {
		const last = this.#changes.findLastIndex(({ user }) => user.id === change.user.id);
		// They cancel, unless somebody came in between, whose snapshot shows the state in between.
		const cancels = last !== -1 && !this.#changes.slice(last + 1).some(({ kind }) => kind === "join");
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
			// A newcomer's snapshot has what happened before it; it is told what came after.
			const later = changes.slice(index + 1);
			const newcomer = newcomerOf(change);
			if (newcomer !== undefined && later.length > 0)
				broadcast.toConnection(newcomer, "presence:diff", this.#diff(later));
		}
	}

	/** The state now of everybody who came or went: who did both is told once. */
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
