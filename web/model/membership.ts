import { type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { Connection } from "../connection/connection.ts";
import type { RoomState } from "./room.ts";

type MembershipOptions = {
	room: string;
	connection: Pick<Connection, "request">;
	/** Where to resume after. */
	cursor(): Cursor | undefined;
	/** Called in the order of the line. */
	joined(data: JoinData): void;
	/** The server won't have us here. */
	refused(): void;
};

/** Keeps this connection a member of one room: joins, and joins again on every new line. */
export class Membership {
	readonly #options: MembershipOptions;
	readonly #state = signal<RoomState>({ phase: "joining" });
	/** Counts what makes an earlier answer void. */
	#turn = 0;
	#refusals = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(options: MembershipOptions) {
		this.#options = options;
	}

	get state(): ReadonlySignal<RoomState> {
		return this.#state;
	}

	get isLive(): boolean {
		return this.#state.peek().phase === "live";
	}

	/** Joins, or joins again for a new snapshot; an answer under way is void. */
	join(): void {
		clearTimeout(this.#retry);
		if (!this.isLive) this.#state.value = { phase: "joining" };
		const { room, connection, cursor } = this.#options;
		const after = cursor();
		const turn = ++this.#turn;
		const answered = (ack: Ack<JoinData>) => {
			if (turn === this.#turn) this.#answered(ack);
		};
		connection.request("room:join", { room, ...(after && { after }) }, { answered });
	}

	/** A join that was asked elsewhere has succeeded. */
	entered(data: JoinData): void {
		this.#turn++;
		this.#answered({ ok: true, data });
	}

	/** There is no line, or one does not want to be here any more: waits for the next {@link join}. */
	end(): void {
		clearTimeout(this.#retry);
		this.#turn++;
		this.#state.value = { phase: "joining" };
	}

	#answered(ack: Ack<JoinData>): void {
		if (ack.ok) {
			this.#refusals = 0;
			this.#state.value = { phase: "live" };
			this.#options.joined(ack.data);
		} else if (ack.error.retryable) {
			const waitMs = (ack.error.retryAfterMs ?? 0) + backoffMs(this.#refusals++, Math.random);
			this.#retry = setTimeout(() => this.join(), waitMs);
		} else {
			this.#state.value = { phase: "refused", refusal: ack.error };
			this.#options.refused();
		}
	}
}
