import { type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { JoinRequests } from "./join-requests.ts";
import type { RoomState } from "./room.ts";

type RoomMembershipOptions = {
	room: string;
	requests: Pick<JoinRequests, "join">;
	/** Returns the entry to resume after. */
	cursor(): Cursor | undefined;
	/** Called in the order of the connection. */
	onJoined(data: JoinData): void;
	/** The server rejected the join permanently. */
	onRefused(refusal: Refusal): void;
};

/** Joins one room and retries temporary refusals. */
export class RoomMembership {
	readonly #options: RoomMembershipOptions;
	readonly #state = signal<RoomState>({ phase: "joining" });
	/** Counts joins, so that the ack of an earlier one is ignored. */
	#attempt = 0;
	#refusals = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(options: RoomMembershipOptions) {
		this.#options = options;
	}

	get state(): ReadonlySignal<RoomState> {
		return this.#state;
	}

	get isLive(): boolean {
		return this.#state.peek().phase === "live";
	}

	/** Joins, or joins again for a new snapshot. Ignores the ack of an earlier join. */
	join(): void {
		clearTimeout(this.#retry);
		if (!this.isLive) this.#state.value = { phase: "joining" };
		const { room, requests, cursor } = this.#options;
		const after = cursor();
		const attempt = ++this.#attempt;
		const onAck = (ack: Ack<JoinData>) => {
			if (attempt === this.#attempt) this.#handle(ack);
		};
		requests.join({ room, ...(after && { after }) }, onAck);
	}

	/** Takes over the result of a join that was requested elsewhere. */
	accept(data: JoinData): void {
		this.#attempt++;
		this.#handle({ ok: true, data });
	}

	/** Ignores the join under way until the next {@link join}: there is no connection, or the user has left. */
	suspend(): void {
		clearTimeout(this.#retry);
		this.#attempt++;
		this.#state.value = { phase: "joining" };
	}

	#handle(ack: Ack<JoinData>): void {
		if (ack.ok) {
			this.#refusals = 0;
			this.#state.value = { phase: "live" };
			this.#options.onJoined(ack.data);
		} else if (ack.error.retryAfterMs === 0) this.join();
		else if (ack.error.retryable) {
			const waitMs = (ack.error.retryAfterMs ?? 0) + backoffMs(this.#refusals++, Math.random);
			this.#retry = setTimeout(() => this.join(), waitMs);
		} else {
			this.#state.value = { phase: "refused", refusal: ack.error };
			this.#options.onRefused(ack.error);
		}
	}
}
