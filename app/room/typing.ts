import { TYPING_TTL_MS } from "../protocol/limits.ts";
import type { User } from "../protocol/session.ts";
import type { Broadcast } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";

/** Changes of one window are told together, so that a room full of fast typists is told five times a second. */
const WINDOW_MS = 200;
/** Nobody reads more names than that; it also bounds the packet. */
const MAX_TYPISTS_TOLD = 8;

type Typist = { user: User; until: number };
type TypingDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom">;
	cluster: Pick<Cluster, "publishToRoom">;
	clock: Clock;
};

/** Who is typing in a room. Told volatile: a client that is not reading just now can do without. */
export class RoomTyping {
	readonly #deps: TypingDeps;
	/** In the order in which they expire: to type on moves a typist to the end. */
	readonly #here = new Map<string, Typist>();
	/** What other processes told last, by their names. */
	readonly #elsewhere = new Map<string, { users: User[]; until: number }>();
	/** Whom the next window tells: the members, the other processes. */
	#owed = { members: false, cluster: false };
	#clusterToldAt = 0;
	#window: (() => void) | undefined;
	#expiry: (() => void) | undefined;

	constructor(deps: TypingDeps) {
		this.#deps = deps;
	}

	start(user: User): void {
		const now = this.#deps.clock.monotonic();
		const isNew = !this.#here.delete(user.id);
		this.#here.set(user.id, { user, until: now + TYPING_TTL_MS });
		if (isNew) this.#tell({ members: true, cluster: true });
		// To the others it would be over after a while: they are told again before that.
		else if (now - this.#clusterToldAt > TYPING_TTL_MS / 2) this.#tell({ members: false, cluster: true });
		this.#expiry ??= this.#deps.clock.after(TYPING_TTL_MS, () => this.#expire());
	}

	stop(user: User): void {
		if (this.#here.delete(user.id)) this.#tell({ members: true, cluster: true });
	}

	/** Who types on connections of another process. */
	hear(teller: string, users: User[]): void {
		const before = this.#elsewhere.get(teller)?.users ?? [];
		const isNews = before.map(({ id }) => id).join() !== users.map(({ id }) => id).join();
		if (users.length === 0) this.#elsewhere.delete(teller);
		else this.#elsewhere.set(teller, { users, until: this.#deps.clock.monotonic() + TYPING_TTL_MS });
		if (isNews) this.#tell({ members: true, cluster: false });
		this.#expiry ??= this.#deps.clock.after(TYPING_TTL_MS, () => this.#expire());
	}

	/** Forgets everyone, without a word. */
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
		for (const [teller, { until }] of this.#elsewhere) {
			if (until > now) continue;
			this.#elsewhere.delete(teller);
			this.#tell({ members: true, cluster: false });
		}
		const [next] = this.#here.values();
		const ends = [...(next ? [next] : []), ...this.#elsewhere.values()].map(({ until }) => until);
		if (ends.length > 0) this.#expiry = this.#deps.clock.after(Math.min(...ends) - now, () => this.#expire());
	}

	#tell({ members, cluster }: { members: boolean; cluster: boolean }): void {
		this.#owed.members ||= members;
		this.#owed.cluster ||= cluster;
		this.#window ??= this.#deps.clock.after(WINDOW_MS, () => this.#flush());
	}

	#flush(): void {
		const { room, broadcast, cluster, clock } = this.#deps;
		const owed = this.#owed;
		this.#owed = { members: false, cluster: false };
		this.#window = undefined;
		const here = [...this.#here.values()].slice(0, MAX_TYPISTS_TOLD).map(({ user }) => user);
		if (owed.cluster) {
			this.#clusterToldAt = clock.monotonic();
			cluster.publishToRoom(room, { kind: "typing", users: here });
		}
		if (!owed.members) return;
		const all = [...here, ...[...this.#elsewhere.values()].flatMap(({ users }) => users)];
		const users = [...new Map(all.map((user) => [user.id, user])).values()].slice(0, MAX_TYPISTS_TOLD);
		broadcast.toRoom(room, "typing:changed", { room, users }, { volatile: true });
	}
}
