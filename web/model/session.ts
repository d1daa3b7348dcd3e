import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Access, SessionInfo, SignedInUser } from "../../app/protocol/people.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
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
	/** Asks the server again at once, while `restoring`. */
	retry(): void;
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
	#retry: (() => void) | undefined;

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
			if (ack.ok && isUser(ack.data?.user)) {
				this.#access.value = ack.data.access;
				return this.signedIn(ack.data.user);
			}
			if (!ack.ok && !ack.error.retryable) {
				const { code, access } = ack.error;
				return this.end(code === "unauthorized" && !access ? undefined : ack.error);
			}
			this.#problem.value = ack.ok ? NOT_THE_SERVER : ack.error;
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, backoffMs(failures, Math.random));
				this.#retry = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}

	retry(): void {
		this.#retry?.();
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
		if (!isUser(ack.data?.user)) return NOT_THE_SERVER;
		// A browser that blocks cookies has dropped the one of the session.
		const check = await this.#api<SessionInfo>("GET", "/api/session");
		if (!check.ok && check.error.code === "unauthorized") return NO_COOKIES;
		if (check.ok) this.#access.value = check.data.access;
		this.signedIn(ack.data.user);
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

	/** Takes over the user whom the server has confirmed. */
	signedIn(user: SignedInUser): void {
		this.#storage.set("name", user.name);
		batch(() => {
			this.#lastName.value = user.name;
			this.#problem.value = undefined;
			this.#user.value = user;
			this.#state.value = "signedIn";
		});
	}
}

function isUser(value: unknown): value is User {
	const user = value as Partial<User> | null | undefined;
	return typeof user?.id === "string" && typeof user.name === "string";
}

/** Something else has answered, such as the sign-in page of a public network. */
const NOT_THE_SERVER: Refusal = {
	code: "unavailable",
	message: "Can't reach the chat. If this network asks you to sign in to it, do that first.",
	retryable: true,
};
const NO_COOKIES: Refusal = {
	code: "unauthorized",
	message: "Your browser blocks cookies for this page. Allow them and try again.",
	retryable: false,
};
