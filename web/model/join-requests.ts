import { MAX_JOINS } from "../../app/protocol/limits.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { JoinData, JoinPayload } from "../../app/protocol/room.ts";
import type { ServerConnection } from "../connection/server-connection.ts";

type JoinRequest = { payload: JoinPayload; onAck: (ack: Ack<JoinData>) => void };

/** Requests the joins of rooms in which the user was before. Those that are made together are one request. */
export class JoinRequests {
	readonly #connection: Pick<ServerConnection, "request">;
	/** The joins that {@link together} has collected. */
	#collected: JoinRequest[] | undefined;

	constructor(connection: Pick<ServerConnection, "request">) {
		this.#connection = connection;
	}

	/** `onAck` is called before any event that arrived after the ack. */
	join(payload: JoinPayload, onAck: JoinRequest["onAck"]): void {
		if (this.#collected) this.#collected.push({ payload, onAck });
		else this.#request([{ payload, onAck }]);
	}

	/** Makes one request of the joins that `work` makes, in their order. */
	together(work: () => void): void {
		const collected: JoinRequest[] = [];
		this.#collected = collected;
		try {
			work();
		} finally {
			this.#collected = undefined;
		}
		while (collected.length > 0) this.#request(collected.splice(0, MAX_JOINS));
	}

	#request(joins: JoinRequest[]): void {
		const onAck = (ack: Ack<Ack<JoinData>[]>) =>
			// A join that did not fit into the ack is requested again at once.
			this.together(() => {
				for (const [index, join] of joins.entries()) join.onAck(ack.ok ? ack.data[index]! : ack);
			});
		this.#connection.request("rooms:join", { rooms: joins.map(({ payload }) => payload) }, { onAck });
	}
}
