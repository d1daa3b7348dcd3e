import { TYPING_TTL_MS, type User } from "../protocol.ts";
import type { Broadcast, Clock } from "./ports.ts";

/** Changes of one window are told together, so that a room full of fast typists is told five times a second. */
const WINDOW_MS = 200;
/** Nobody reads more names than that; it also bounds the packet. */
const MAX_TYPISTS_TOLD = 8;

/** Who is typing in a room. Told volatile: a client that is not reading just now can do without. */
export class RoomTyping {
	readonly #room: string;
	readonly #broadcast: Pick<Broadcast, "toRoom">;
	readonly #clock: Clock;
	readonly #typists = new Map<string, { user: User; until: number }>();
	#window: (() => void) | undefined;
	#expiry: (() => void) | undefined;

	constructor(room: string, broadcast: Pick<Broadcast, "toRoom">, clock: Clock) {
		this.#room = room;
		this.#broadcast = broadcast;
		this.#clock = clock;
	}

	start(user: User): void {
		const isNew = !this.#typists.delete(user.id);
		this.#typists.set(user.id, { user, until: this.#clock.monotonic() + TYPING_TTL_MS });
		if (isNew) this.#tell();
		this.#expiry ??= this.#clock.after(TYPING_TTL_MS, () => this.#expire());
	}

	stop(user: User): void {
		if (this.#typists.delete(user.id)) this.#tell();
	}

	/** Forgets everyone, without a word. */
	clear(): void {
		this.#window?.();
		this.#expiry?.();
		this.#typists.clear();
	}

	#expire(): void {
		this.#expiry = undefined;
		const now = this.#clock.monotonic();
		for (const { user, until } of this.#typists.values()) {
			// Insertion order is order of expiry: start() moves a typist to the end.
			if (until > now) {
				this.#expiry = this.#clock.after(until - now, () => this.#expire());
				return;
			}
			this.stop(user);
		}
	}

	#tell(): void {
		this.#window ??= this.#clock.after(WINDOW_MS, () => {
			this.#window = undefined;
			const users = [...this.#typists.values()].slice(0, MAX_TYPISTS_TOLD).map(({ user }) => user);
			this.#broadcast.toRoom(this.#room, "typing:changed", { room: this.#room, users }, { volatile: true });
		});
	}
}
