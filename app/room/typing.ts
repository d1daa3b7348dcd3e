import { TYPING_TTL_MS } from "../protocol/limits.ts";
import type { User } from "../protocol/session.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";

/** Changes within this time are one broadcast: at most five per second and room. */
const WINDOW_MS = 200;
/** Maximum users in a broadcast. It bounds the packet, and nobody reads more names. */
const MAX_TYPISTS = 8;

type Typist = { user: User; until: number };
type TypingDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom">;
	cluster: Pick<Cluster, "publishToRoom">;
	clock: Clock;
};

/** The users who are typing in a room. Broadcasts are volatile: a client that is not reading does not receive them. */
export class RoomTyping {
	readonly #deps: TypingDeps;
	/** In the order in which they expire: a repeated start moves a user to the end. */
	readonly #here = new Map<string, Typist>();
	/** What other processes last published, by process. */
	readonly #elsewhere = new Map<string, { users: User[]; until: number }>();
	/** The receivers of the next flush: the members here, the other processes. */
	#pending = { members: false, cluster: false };
	#publishedAt = 0;
	#window: (() => void) | undefined;
	#expiry: (() => void) | undefined;

	constructor(deps: TypingDeps) {
		this.#deps = deps;
	}

	start(user: User): void {
		const now = this.#deps.clock.monotonic();
		const isNew = !this.#here.delete(user.id);
		this.#here.set(user.id, { user, until: now + TYPING_TTL_MS });
		if (isNew) this.#schedule({ members: true, cluster: true });
		// Published again, because it expires on the other processes as well.
		else if (now - this.#publishedAt > TYPING_TTL_MS / 2) this.#schedule({ members: false, cluster: true });
		this.#expiry ??= this.#deps.clock.after(TYPING_TTL_MS, () => this.#expire());
	}

	stop(user: User): void {
		if (this.#here.delete(user.id)) this.#schedule({ members: true, cluster: true });
	}

	/** Sets the users who are typing on connections of another process. */
	setElsewhere(process: string, users: User[]): void {
		const before = this.#elsewhere.get(process)?.users ?? [];
		const isChanged = before.map(({ id }) => id).join() !== users.map(({ id }) => id).join();
		if (users.length === 0) this.#elsewhere.delete(process);
		else this.#elsewhere.set(process, { users, until: this.#deps.clock.monotonic() + TYPING_TTL_MS });
		if (isChanged) this.#schedule({ members: true, cluster: false });
		this.#expiry ??= this.#deps.clock.after(TYPING_TTL_MS, () => this.#expire());
	}

	/** Removes everyone, without a broadcast. */
	clear(): void {
		this.#window?.();
		this.#expiry?.();
		this.#here.clear();
		this.#elsewhere.clear();
	}

	#expire(): void {
		this.#expiry = undefined;
		const now = this.#deps.clock.monotonic();
		for (const { user, until } of this.#here.values()) {
			if (until > now) break;
			this.stop(user);
		}
		for (const [process, { until }] of this.#elsewhere) {
			if (until > now) continue;
			this.#elsewhere.delete(process);
			this.#schedule({ members: true, cluster: false });
		}
		const [next] = this.#here.values();
		const ends = [...(next ? [next] : []), ...this.#elsewhere.values()].map(({ until }) => until);
		if (ends.length > 0) this.#expiry = this.#deps.clock.after(Math.min(...ends) - now, () => this.#expire());
	}

	#schedule({ members, cluster }: { members: boolean; cluster: boolean }): void {
		this.#pending.members ||= members;
		this.#pending.cluster ||= cluster;
		this.#window ??= this.#deps.clock.after(WINDOW_MS, () => this.#flush());
	}

	#flush(): void {
		const { room, broadcast, cluster, clock } = this.#deps;
		const pending = this.#pending;
		this.#pending = { members: false, cluster: false };
		this.#window = undefined;
		const here = [...this.#here.values()].slice(0, MAX_TYPISTS).map(({ user }) => user);
		if (pending.cluster) {
			this.#publishedAt = clock.monotonic();
			cluster.publishToRoom(room, { kind: "typing", users: here });
		}
		if (!pending.members) return;
		const all = [...here, ...[...this.#elsewhere.values()].flatMap(({ users }) => users)];
		const users = [...new Map(all.map((user) => [user.id, user])).values()].slice(0, MAX_TYPISTS);
		broadcast.toRoom(room, "typing:changed", { room, users }, { volatile: true });
	}
}
