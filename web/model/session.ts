import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { Ask } from "./ask.ts";
import type { Memory } from "./memory.ts";

/** `restoring` until the server said whether the cookie is good. */
export type SessionState = "restoring" | "signedOut" | "signedIn";

/** Who this is. */
export type Session = {
	readonly state: ReadonlySignal<SessionState>;
	readonly user: ReadonlySignal<User | undefined>;
	/** Why `restoring` takes long (the server can't be reached; it goes on trying), or why one was signed out. */
	readonly problem: ReadonlySignal<Refusal | undefined>;
	/** The name used last, to fill in the join page. */
	readonly lastName: ReadonlySignal<string>;
	signIn(name: string): Promise<Refusal | undefined>;
	/** Ends the session everywhere; what waits to be sent is dropped. */
	signOut(): Promise<Refusal | undefined>;
};

/** The session in the browser's cookie, which the page itself can't read. */
export class CookieSession implements Session {
	readonly #ask: Ask;
	readonly #memory: Memory;
	readonly #state = signal<SessionState>("restoring");
	readonly #user = signal<User | undefined>();
	readonly #problem = signal<Refusal | undefined>();
	readonly #lastName = signal("");

	constructor(ask: Ask, memory: Memory) {
		this.#ask = ask;
		this.#memory = memory;
		const name = memory.get("name");
		if (typeof name === "string") this.#lastName.value = name;
	}

	get state(): ReadonlySignal<SessionState> {
		return this.#state;
	}
	get user(): ReadonlySignal<User | undefined> {
		return this.#user;
	}
	get problem(): ReadonlySignal<Refusal | undefined> {
		return this.#problem;
	}
	get lastName(): ReadonlySignal<string> {
		return this.#lastName;
	}

	/** Asks who the cookie says this is, for as long as it takes to get an answer. */
	async restore(): Promise<void> {
		for (let failures = 0; this.#state.peek() === "restoring"; failures++) {
			const ack = await this.#ask<{ user: User }>("GET", "/api/session");
			if (this.#state.peek() !== "restoring") return;
			if (ack.ok) return this.#signedIn(ack.data.user);
			if (!ack.error.retryable) return this.end(ack.error.code === "unauthorized" ? undefined : ack.error);
			this.#problem.value = ack.error;
			await new Promise((resolve) => setTimeout(resolve, backoffMs(failures, Math.random)));
		}
	}

	/** Asks anew: the cookie is not the one that it was. */
	restoreAgain(): void {
		batch(() => {
			this.#state.value = "restoring";
			this.#user.value = undefined;
		});
		this.restore();
	}

	async signIn(name: string): Promise<Refusal | undefined> {
		const ack = await this.#ask<{ user: User }>("POST", "/api/session", { name });
		if (!ack.ok) return ack.error;
		this.#signedIn(ack.data.user);
		return undefined;
	}

	async signOut(): Promise<Refusal | undefined> {
		const ack = await this.#ask("DELETE", "/api/session");
		// An ended session can't be ended again, which is as good.
		if (!ack.ok && ack.error.code !== "unauthorized") return ack.error;
		this.end(undefined);
		return undefined;
	}

	/** The session is over; `problem` where it was not the person who ended it. */
	end(problem: Refusal | undefined): void {
		batch(() => {
			this.#state.value = "signedOut";
			this.#user.value = undefined;
			this.#problem.value = problem;
		});
	}

	#signedIn(user: User): void {
		this.#memory.set("name", user.name);
		batch(() => {
			this.#lastName.value = user.name;
			this.#problem.value = undefined;
			this.#user.value = user;
			this.#state.value = "signedIn";
		});
	}
}
