import type { Entry, SinceData } from "../../app/protocol/log.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { Connection } from "../connection/connection.ts";

/** A line that was asked after a sleep and does not answer by then is made anew. */
const CHECK_TIMEOUT_MS = 5_000;
/** Who missed more than so many pages is quicker by joining again. */
const MAX_ROUNDS = 5;

type CatchUpOptions = {
	room: string;
	connection: Pick<Connection, "request">;
	/** The `seq` up to where nothing is missing. */
	head(): number;
	hasHole(): boolean;
	/** Takes the entries in; called in the order of the line. */
	take(entries: readonly Entry[]): void;
	/** The log can't be had this way (retention has passed that place, or one is no member any more). */
	giveUp(): void;
};

/** Fills holes in a room's log by `log:since` (rule M5). */
export class CatchUp {
	readonly #options: CatchUpOptions;
	#turn = 0;
	#isAsking = false;
	#rounds = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(options: CatchUpOptions) {
		this.#options = options;
	}

	/** Asks for what is missing, if something is and is not asked for already. */
	fill(): void {
		if (this.#options.hasHole() && !this.#isAsking) this.#ask(false);
	}

	/** Asks whether something is missing; a line that does not answer is taken for dead. */
	check(): void {
		if (!this.#isAsking) this.#ask(true);
	}

	/** There is no line, or a join answers it all. */
	reset(): void {
		clearTimeout(this.#retry);
		this.#turn++;
		this.#isAsking = false;
		this.#rounds = 0;
	}

	#ask(vital: boolean): void {
		const { room, connection, head } = this.#options;
		const turn = ++this.#turn;
		const after = head();
		this.#isAsking = true;
		const answered = (ack: Ack<SinceData>) => {
			if (turn !== this.#turn) return;
			this.#isAsking = false;
			this.#answered(ack, after);
		};
		connection.request(
			"log:since",
			{ room, after },
			{ answered, ...(vital && { vital, timeoutMs: CHECK_TIMEOUT_MS }) },
		);
	}

	#answered(ack: Ack<SinceData>, after: number): void {
		const { take, head, hasHole, giveUp } = this.#options;
		this.#rounds++;
		if (!ack.ok) {
			if (!ack.error.retryable) giveUp();
			else this.#later(ack.error.retryAfterMs ?? 0);
			return;
		}
		take(ack.data.entries);
		if (!ack.data.more && !hasHole()) this.#rounds = 0;
		else if (this.#rounds >= MAX_ROUNDS) giveUp();
		else if (head() > after) this.#ask(false);
		else if (ack.data.entries.length > 0) giveUp();
		// The machine that answered lags behind the one that told of the hole.
		else this.#later(0);
	}

	#later(ms: number): void {
		this.#retry = setTimeout(() => this.fill(), ms + backoffMs(this.#rounds, Math.random));
	}
}
