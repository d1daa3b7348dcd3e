import type { Entry, SinceData } from "../../app/protocol/log.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { ServerConnection } from "../connection/server-connection.ts";

/** A connection that does not answer the check within this time is replaced. */
const CHECK_TIMEOUT_MS = 5_000;
/** Pages to request before a new join is faster. */
const MAX_ROUNDS = 5;

type CatchUpOptions = {
	room: string;
	connection: Pick<ServerConnection, "request">;
	/** Returns the `seq` up to which no entry is missing. */
	head(): number;
	hasGap(): boolean;
	/** Called with the missing entries, in the order of the connection. */
	receive(entries: readonly Entry[]): void;
	/** Called when the server cannot send the entries: they are past retention, or the user is no member any more. */
	giveUp(): void;
};

/** Fills gaps in a room's log with `log:since` (rule M5). */
export class CatchUp {
	readonly #options: CatchUpOptions;
	#attempt = 0;
	#isRequesting = false;
	#rounds = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(options: CatchUpOptions) {
		this.#options = options;
	}

	/** Requests the missing entries, unless there are none or a request is under way. */
	fill(): void {
		if (this.#options.hasGap() && !this.#isRequesting) this.#request(false);
	}

	/** Checks for entries that were missed. A connection that does not answer is replaced. */
	check(): void {
		if (!this.#isRequesting) this.#request(true);
	}

	/** Drops the request under way: there is no connection, or a join brings everything. */
	reset(): void {
		clearTimeout(this.#retry);
		this.#attempt++;
		this.#isRequesting = false;
		this.#rounds = 0;
	}

	#request(isCheck: boolean): void {
		const { room, connection, head } = this.#options;
		const attempt = ++this.#attempt;
		const after = head();
		this.#isRequesting = true;
		const onAck = (ack: Ack<SinceData>) => {
			if (attempt !== this.#attempt) return;
			this.#isRequesting = false;
			this.#handle(ack, after);
		};
		connection.request(
			"log:since",
			{ room, after },
			{ onAck, ...(isCheck && { reconnectOnTimeout: true, timeoutMs: CHECK_TIMEOUT_MS }) },
		);
	}

	#handle(ack: Ack<SinceData>, after: number): void {
		const { receive, head, hasGap, giveUp } = this.#options;
		this.#rounds++;
		if (!ack.ok) {
			if (!ack.error.retryable) giveUp();
			else this.#retryIn(ack.error.retryAfterMs ?? 0);
			return;
		}
		receive(ack.data.entries);
		if (!ack.data.more && !hasGap()) this.#rounds = 0;
		else if (this.#rounds >= MAX_ROUNDS) giveUp();
		else if (head() > after) this.#request(false);
		else if (ack.data.entries.length > 0) giveUp();
		// This server is behind the one that announced the newer entry.
		else this.#retryIn(0);
	}

	#retryIn(ms: number): void {
		this.#retry = setTimeout(() => this.fill(), ms + backoffMs(this.#rounds, Math.random));
	}
}
