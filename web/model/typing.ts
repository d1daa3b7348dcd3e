import { type ReadonlySignal, signal } from "@preact/signals";
import { TYPING_TTL_MS } from "../../app/protocol/limits.ts";
import type { User } from "../../app/protocol/session.ts";

/** Interval at which `typing:start` is repeated while the user types. */
const REPEAT_AFTER_MS = TYPING_TTL_MS / 2;
/** A user who has not typed for this long has stopped. */
const IDLE_MS = 4_000;
/** The list is cleared after this long without an event, because the last event may have been lost. */
const FORGET_AFTER_MS = 5 * TYPING_TTL_MS;

/** The users who are typing in a room, and the signals that the own user types. */
export class Typing {
	readonly #me: string;
	readonly #emit: (event: "typing:start" | "typing:stop") => void;
	readonly #users = signal<readonly User[]>([]);
	#emittedAt: number | undefined;
	#idle: ReturnType<typeof setTimeout> | undefined;
	#forget: ReturnType<typeof setTimeout> | undefined;

	constructor(me: string, emit: (event: "typing:start" | "typing:stop") => void) {
		this.#me = me;
		this.#emit = emit;
	}

	/** The other users. */
	get users(): ReadonlySignal<readonly User[]> {
		return this.#users;
	}

	changed(users: readonly User[]): void {
		clearTimeout(this.#forget);
		this.#users.value = users.filter(({ id }) => id !== this.#me);
		if (users.length > 0) this.#forget = setTimeout(() => this.changed([]), FORGET_AFTER_MS);
	}

	/** Removes a user who has just sent a message. */
	sentMessage(id: string): void {
		if (this.#users.peek().some((user) => user.id === id)) {
			this.#users.value = this.#users.peek().filter((user) => user.id !== id);
		}
	}

	typed(): void {
		clearTimeout(this.#idle);
		this.#idle = setTimeout(() => this.stopped(), IDLE_MS);
		const now = Date.now();
		if (this.#emittedAt !== undefined && now - this.#emittedAt < REPEAT_AFTER_MS) return;
		this.#emittedAt = now;
		this.#emit("typing:start");
	}

	stopped(): void {
		clearTimeout(this.#idle);
		if (this.#emittedAt === undefined) return;
		this.#emittedAt = undefined;
		this.#emit("typing:stop");
	}

	/** Resets everything without sending an event. */
	clear(): void {
		clearTimeout(this.#idle);
		this.#emittedAt = undefined;
		this.changed([]);
	}
}
