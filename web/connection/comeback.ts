import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { backoffMs } from "./backoff.ts";
import type { Line, LineOptions } from "./line.ts";

/**
 * How the line to the server is:
 * `closed`, nobody asked for one; `connecting`, the first one is being made; `online`;
 * `lost`, it broke and is being made anew; `draining`, the server is about to stop and it will be made anew shortly;
 * `asleep`, let go because the page has been hidden for long, back by itself when it is seen again;
 * `refused`, the server won't have us, the refusal says why, nothing is tried any more.
 */
export type Status = "closed" | "connecting" | "online" | "lost" | "draining" | "asleep" | "refused";

export type ComebackOptions = {
	/** Makes one attempt. */
	dial(attempt: Pick<LineOptions, "pollingFirst" | "up" | "down">): Line;
	/** A line is up. */
	onUp(): void;
	/** There is none, or none any more. */
	onDown(): void;
	/** Reloads the page for a newer protocol; false where that was tried already. */
	reload(): boolean;
	/** From 0 up to 1, as `Math.random`. */
	random(): number;
};

/** Keeps one line up for as long as it is wanted, and comes back without a herd when it breaks. */
export class Comeback {
	readonly #options: ComebackOptions;
	readonly #status = signal<Status>("closed");
	readonly #refusal = signal<Refusal | undefined>();
	#line: Line | undefined;
	#failures = 0;
	/** What came through is tried first again; where an attempt has failed, the other is. */
	#pollingFirst = false;
	#nextAttempt: ReturnType<typeof setTimeout> | undefined;

	constructor(options: ComebackOptions) {
		this.#options = options;
	}

	get status(): ReadonlySignal<Status> {
		return this.#status;
	}

	/** Why the status is `refused`. */
	get refusal(): ReadonlySignal<Refusal | undefined> {
		return this.#refusal;
	}

	/** The line that can be spoken on. */
	get line(): Line | undefined {
		return this.#line?.isUp() ? this.#line : undefined;
	}

	/** Wants a line from now on. */
	begin(): void {
		this.#failures = 0;
		this.#refusal.value = undefined;
		this.#status.value = "connecting";
		this.#options.onDown();
		this.#attempt();
	}

	/** Wants none: says goodbye. */
	end(status: "closed" | "asleep"): void {
		this.#refusal.value = undefined;
		this.#stop(status);
	}

	/** Tries at once, where nothing better is under way. */
	hurry(): void {
		const status = this.#status.peek();
		if (status === "refused") this.begin();
		else if (this.#line === undefined && (status === "lost" || status === "connecting")) this.#attempt();
	}

	/** Gives up a line that does not answer, and makes another one at once. */
	replace(line: Line): void {
		if (line === this.#line) this.#attempt();
	}

	/** Comes back at a random moment within that time, as a server that is about to stop asks for. */
	drain(withinMs: number): void {
		if (this.#status.peek() !== "online") return;
		this.#status.value = "draining";
		this.#attemptIn(this.#options.random() * withinMs);
	}

	#attempt(): void {
		clearTimeout(this.#nextAttempt);
		const last = this.#line;
		this.#line = undefined;
		if (this.#status.peek() !== "connecting") this.#status.value = "lost";
		if (last) this.#options.onDown();
		last?.drop();
		this.#line = this.#options.dial({
			pollingFirst: this.#pollingFirst,
			up: () => {
				this.#failures = 0;
				this.#status.value = "online";
				this.#options.onUp();
			},
			down: (refusal) => this.#down(refusal),
		});
	}

	#down(refusal: Refusal | undefined): void {
		const wasUp = this.#status.peek() === "online" || this.#status.peek() === "draining";
		if (!wasUp) this.#pollingFirst = !this.#pollingFirst;
		this.#line = undefined;
		if (refusal?.code === "stale_client" && this.#options.reload()) return;
		if (refusal && !refusal.retryable) {
			this.#refusal.value = refusal;
			this.#stop("refused");
			return;
		}
		// A server that drains has said when to come back; that it went a little earlier is no news.
		if (this.#status.peek() !== "draining") {
			if (this.#status.peek() === "online") this.#status.value = "lost";
			this.#attemptIn((refusal?.retryAfterMs ?? 0) + backoffMs(this.#failures++, this.#options.random));
		}
		this.#options.onDown();
	}

	#attemptIn(ms: number): void {
		clearTimeout(this.#nextAttempt);
		this.#nextAttempt = setTimeout(() => this.#attempt(), ms);
	}

	#stop(status: "closed" | "asleep" | "refused"): void {
		clearTimeout(this.#nextAttempt);
		const last = this.#line;
		this.#line = undefined;
		this.#status.value = status;
		this.#options.onDown();
		last?.leave();
	}
}
