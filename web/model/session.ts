import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Access, SessionInfo, SignedInUser } from "../../app/protocol/people.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { ApiClient } from "./api-client.ts";
import type { LocalStorage } from "./local-storage.ts";

/** `restoring`: until the server has checked the cookie. */
export type SessionState = "restoring" | "signedOut" | "signedIn";

/** The session of the user. */
export type ClientSession = {
	readonly state: ReadonlySignal<SessionState>;
	readonly user: ReadonlySignal<SignedInUser | undefined>;
	/** Who may come in, as of the last restore. */
	readonly access: ReadonlySignal<Access>;
	/** Why the server cannot be reached while `restoring`, or why the session ended. */
	readonly problem: ReadonlySignal<Refusal | undefined>;
	/** The last name, to fill in the join page. */
	readonly lastName: ReadonlySignal<string>;
	signIn(name: string): Promise<Refusal | undefined>;
	/** Ends the session on all devices and drops pending messages. */
	signOut(): Promise<Refusal | undefined>;
	/** Restores again: the cookie or the role has changed. Resolves when the server has answered. */
	restoreAgain(): Promise<void>;
};

/** The session of the browser's cookie, which scripts cannot read. */
export class CookieSession implements ClientSession {
	readonly #api: ApiClient;
	readonly #storage: LocalStorage;
	readonly #state = signal<SessionState>("restoring");
	readonly #user = signal<SignedInUser | undefined>();
	readonly #access = signal<Access>("open");
	readonly #problem = signal<Refusal | undefined>();
	readonly #lastName = signal("");

	constructor(api: ApiClient, storage: LocalStorage) {
		this.#api = api;
		this.#storage = storage;
		const name = storage.get("name");
		if (typeof name === "string") this.#lastName.value = name;
	}

	get state(): ReadonlySignal<SessionState> {
		return this.#state;
	}
	get user(): ReadonlySignal<SignedInUser | undefined> {
		return this.#user;
	}
	get access(): ReadonlySignal<Access> {
		return this.#access;
	}
	get problem(): ReadonlySignal<Refusal | undefined> {
		return this.#problem;
	}
	get lastName(): ReadonlySignal<string> {
		return this.#lastName;
	}

	/** Requests the user of the cookie, until the server answers. */
	async restore(): Promise<void> {
		for (let failures = 0; this.#state.peek() === "restoring"; failures++) {
			const ack = await this.#api<SessionInfo>("GET", "/api/session");
			if (this.#state.peek() !== "restoring") return;
			if (ack.ok) {
				this.#access.value = ack.data.access;
				return this.#signedIn(ack.data.user);
			}
			const { code, access, retryable } = ack.error;
			if (!retryable) return this.end(code === "unauthorized" && !access ? undefined : ack.error);
			this.#problem.value = ack.error;
			await new Promise((resolve) => setTimeout(resolve, backoffMs(failures, Math.random)));
		}
	}

	restoreAgain(): Promise<void> {
		batch(() => {
			this.#state.value = "restoring";
			this.#user.value = undefined;
		});
		return this.restore();
	}

	async signIn(name: string): Promise<Refusal | undefined> {
		const ack = await this.#api<{ user: SignedInUser }>("POST", "/api/session", { name });
		if (!ack.ok) return ack.error;
		this.#signedIn(ack.data.user);
		return undefined;
	}

	async signOut(): Promise<Refusal | undefined> {
		const ack = await this.#api("DELETE", "/api/session");
		// The session has ended already.
		if (!ack.ok && ack.error.code !== "unauthorized") return ack.error;
		this.end(undefined);
		return undefined;
	}

	/** Ends the session on this page. `problem` is set unless the user has signed out. */
	end(problem: Refusal | undefined): void {
		batch(() => {
			this.#state.value = "signedOut";
			this.#user.value = undefined;
			this.#problem.value = problem;
		});
	}

	#signedIn(user: SignedInUser): void {
		this.#storage.set("name", user.name);
		batch(() => {
			this.#lastName.value = user.name;
			this.#problem.value = undefined;
			this.#user.value = user;
			this.#state.value = "signedIn";
		});
	}
}
