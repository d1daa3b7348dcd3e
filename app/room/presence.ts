import { PRESENCE_LIST_MEMBERS, PRESENCE_SAMPLE_MEMBERS, type PresenceSnapshot, type User } from "../protocol.ts";
import { skeletonsOf } from "./names.ts";
import type { Broadcast, Clock, Connection } from "./ports.ts";

/** Joins and leaves of one window are told together, and cancel where they can. */
const WINDOW_MS = 200;
/** A large room is only told its count, and the less often the larger it is: nobody sees 9,998 become 9,999. */
const LARGE_ROOM_WINDOW_MS = 1_000;
const MAX_WINDOW_MS = 5_000;
const MEMBERS_PER_MS = 2;

type Member = {
	user: User;
	skeletons: ReadonlySet<string>;
	connections: Set<string>;
	cancelLeave?: (() => void) | undefined;
};
/** `connectionId` is the newcomer's: it has the snapshot, and is not told of itself. */
type Change = { kind: "join"; user: User; connectionId: string } | { kind: "leave"; user: User };

type PresenceDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom" | "toConnection">;
	clock: Pick<Clock, "after">;
	graceMs: number;
	/** Called when the last member is gone. */
	onEmpty: () => void;
};

/** Who is in a room: people, not connections (rules P1, P2), each under a name of their own (rule R2). */
export class RoomPresence {
	readonly #deps: PresenceDeps;
	readonly #members = new Map<string, Member>();
	/** What the names of those who are here look like. */
	readonly #looks = new Set<string>();
	#changes: Change[] = [];
	#window: (() => void) | undefined;

	constructor(deps: PresenceDeps) {
		this.#deps = deps;
	}

	get count(): number {
		return this.#members.size;
	}

	/** Lets a connection in; not where somebody else is here under a name that looks like its user's (rule R2). */
	enter({ id, user }: Connection): boolean {
		const member = this.#members.get(user.id);
		if (member) {
			member.cancelLeave?.();
			member.cancelLeave = undefined;
			member.connections.add(id);
			return true;
		}
		const skeletons = skeletonsOf(user.name);
		for (const skeleton of skeletons) if (this.#looks.has(skeleton)) return false;
		for (const skeleton of skeletons) this.#looks.add(skeleton);
		this.#members.set(user.id, { user, skeletons, connections: new Set([id]) });
		this.#tell({ kind: "join", user, connectionId: id });
		return true;
	}

	/** At once on a clean leave; else after the grace period, so that a reload makes no noise (rule P2). */
	exit({ id, user }: Connection, clean: boolean): void {
		const member = this.#members.get(user.id);
		if (!member?.connections.delete(id) || member.connections.size > 0) return;
		if (clean) this.#remove(member);
		else member.cancelLeave = this.#deps.clock.after(this.#deps.graceMs, () => this.#remove(member));
	}

	snapshot(): PresenceSnapshot {
		const members: User[] = [];
		const listed = this.#isLarge() ? PRESENCE_SAMPLE_MEMBERS : PRESENCE_LIST_MEMBERS;
		for (const { user } of this.#members.values()) {
			if (members.length === listed) break;
			members.push(user);
		}
		return { count: this.count, members, truncated: this.count > members.length };
	}

	/** Forgets everyone, without a word. */
	clear(): void {
		this.#window?.();
		for (const member of this.#members.values()) member.cancelLeave?.();
		this.#members.clear();
		this.#looks.clear();
	}

	#remove(member: Member): void {
		this.#members.delete(member.user.id);
		for (const skeleton of member.skeletons) this.#looks.delete(skeleton);
		if (this.count === 0) {
			this.clear();
			this.#deps.onEmpty();
			return;
		}
		this.#tell({ kind: "leave", user: member.user });
	}

	#tell(change: Change): void {
		// A large room is told its count: who came and went need not be known, and in a storm it would be long.
		if (!this.#isLarge()) this.#note(change);
		this.#window ??= this.#deps.clock.after(this.#windowMs(), () => this.#flush());
	}

	#note(change: Change): void {
		const last = this.#changes.findLastIndex(({ user }) => user.id === change.user.id);
		// They cancel, unless somebody came in between, whose snapshot shows the state in between.
		const cancels = last !== -1 && !this.#changes.slice(last + 1).some(({ kind }) => kind === "join");
		if (cancels) this.#changes.splice(last, 1);
		else this.#changes.push(change);
	}

	#flush(): void {
		const { room, broadcast } = this.#deps;
		const changes = this.#changes;
		this.#changes = [];
		this.#window = undefined;
		if (this.#isLarge()) {
			broadcast.toRoom(room, "presence:diff", { room, joins: [], leaves: [], count: this.count });
			return;
		}
		if (changes.length === 0) return;
		const newcomers = changes.flatMap((change) => (change.kind === "join" ? [change.connectionId] : []));
		broadcast.toRoom(room, "presence:diff", this.#diff(changes), { except: newcomers });
		for (const [index, change] of changes.entries()) {
			// A newcomer's snapshot has what happened before it; it is told what came after.
			const later = changes.slice(index + 1);
			if (change.kind === "join" && later.length > 0)
				broadcast.toConnection(change.connectionId, "presence:diff", this.#diff(later));
		}
	}

	/** The state now of everybody who came or went: who did both is told once. */
	#diff(changes: readonly Change[]) {
		const users = new Map(changes.map(({ user }) => [user.id, user]));
		const joins: User[] = [];
		const leaves: User[] = [];
		for (const user of users.values()) (this.#members.has(user.id) ? joins : leaves).push(user);
		return { room: this.#deps.room, joins, leaves, count: this.count };
	}

	#windowMs(): number {
		if (!this.#isLarge()) return WINDOW_MS;
		return Math.min(MAX_WINDOW_MS, Math.max(LARGE_ROOM_WINDOW_MS, this.count / MEMBERS_PER_MS));
	}

	#isLarge(): boolean {
		return this.count > PRESENCE_LIST_MEMBERS;
	}
}
