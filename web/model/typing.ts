import { type ReadonlySignal, signal } from "@preact/signals";
import { TYPING_TTL_MS } from "../../app/protocol/limits.ts";
import type { User } from "../../app/protocol/session.ts";

/** Somebody who types on says so again in time. */
const REPEAT_AFTER_MS = TYPING_TTL_MS / 2;
/** Who stops without emptying the composer has stopped after that. */
const IDLE_MS = 4_000;
/** The server says when somebody stops, but that may be lost: nobody types for that long without a change. */
const FORGET_AFTER_MS = 5 * TYPING_TTL_MS;

/** Who is typing in a room, and telling that one does. */
export class Typing {
	readonly #me: string;
	readonly #tell: (event: "typing:start" | "typing:stop") => void;
	readonly #users = signal<readonly User[]>([]);
	#toldAt: number | undefined;
	#idle: ReturnType<typeof setTimeout> | undefined;
	#forget: ReturnType<typeof setTimeout> | undefined;

	constructor(me: string, tell: (event: "typing:start" | "typing:stop") => void) {
		this.#me = me;
		this.#tell = tell;
	}

	/** Without oneself. */
	get users(): ReadonlySignal<readonly User[]> {
		return this.#users;
	}

	changed(users: readonly User[]): void {
		clearTimeout(this.#forget);
		this.#users.value = users.filter(({ id }) => id !== this.#me);
		if (users.length > 0) this.#forget = setTimeout(() => this.changed([]), FORGET_AFTER_MS);
	}

	/** Who has just spoken is not typing. */
	spoke(id: string): void {
		if (this.#users.peek().some((user) => user.id === id)) {
			this.#users.value = this.#users.peek().filter((user) => user.id !== id);
		}
	}

	typed(): void {
		clearTimeout(this.#idle);
		this.#idle = setTimeout(() => this.stopped(), IDLE_MS);
		const now = Date.now();
		if (this.#toldAt !== undefined && now - this.#toldAt < REPEAT_AFTER_MS) return;
		this.#toldAt = now;
		this.#tell("typing:start");
	}

	stopped(): void {
		clearTimeout(this.#idle);
		if (this.#toldAt === undefined) return;
		this.#toldAt = undefined;
		this.#tell("typing:stop");
	}

	/** Forgets everything, without a word. */
	clear(): void {
		clearTimeout(this.#idle);
		this.#toldAt = undefined;
		this.changed([]);
	}
}
