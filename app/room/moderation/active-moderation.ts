import type { Members } from "../members.ts";
import type { Ban, Broadcast, Clock, InForce, Order, Store } from "../ports/ports.ts";
import type { Bans } from "./bans.ts";
import type { ClosedRooms } from "./closed-rooms.ts";

/** Where other processes share the store, what they did not tell is found out at the latest after this long. */
const REFRESH_MS = 30_000;

type OrdersDeps = {
	store: Pick<Store, "inForce">;
	broadcast: Broadcast;
	clock: Pick<Clock, "now" | "after">;
	members: Pick<Members, "leave">;
	bans: Bans;
	closedRooms: ClosedRooms;
	onError: (error: unknown) => void;
};

/** Does in this process what an admin decided, wherever it was decided. */
export class Orders {
	readonly #deps: OrdersDeps;
	#carriedOut = 0;
	#cancel: (() => void) | undefined;

	constructor(deps: OrdersDeps) {
		this.#deps = deps;
	}

	/** The one place in which an order touches memory and live connections. A second time it changes nothing. */
	carryOut(order: Order): void {
		const { bans, closedRooms } = this.#deps;
		this.#carriedOut++;
		switch (order.kind) {
			case "ban":
				bans.add(order.ban);
				if (bans.find(order.ban)) this.#showOut(order.ban);
				return;
			case "unban":
				bans.lift(order.banned);
				return;
			case "room_closed":
				closedRooms.close(order.room);
				return;
			case "room_reopened":
				closedRooms.reopen(order.room);
		}
	}

	/** Reads anew what is in force, and carries out what changed. Rejects when the store does. */
	async refresh(): Promise<void> {
		const { store, clock } = this.#deps;
		let inForce: InForce;
		let seen: number;
		// What was carried out while it was read may not be in it yet.
		do {
			seen = this.#carriedOut;
			inForce = await store.inForce(clock.now());
		} while (seen !== this.#carriedOut);
		for (const order of this.#changes(inForce)) this.carryOut(order);
	}

	/** Refreshes now and then, until {@link stop}. */
	watch(): void {
		this.#cancel = this.#deps.clock.after(REFRESH_MS, () => {
			this.refresh()
				.catch(this.#deps.onError)
				.finally(() => {
					if (this.#cancel) this.watch();
				});
		});
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** What is in memory and not in force any more is taken back, what is new is carried out, the rest is left alone. */
	#changes(inForce: InForce): Order[] {
		const { bans, closedRooms } = this.#deps;
		const known = bans.list();
		const [knownSigns, signs] = [new Set(known.map(signOf)), new Set(inForce.bans.map(signOf))];
		const closed = new Set(inForce.closedRooms);
		return [
			...known.filter((ban) => !signs.has(signOf(ban))).map((banned): Order => ({ kind: "unban", banned })),
			...inForce.bans.filter((ban) => !knownSigns.has(signOf(ban))).map((ban): Order => ({ kind: "ban", ban })),
			...closedRooms
				.names()
				.filter((room) => !closed.has(room))
				.map((room): Order => ({ kind: "room_reopened", room })),
			...inForce.closedRooms.map((room): Order => ({ kind: "room_closed", room })),
		];
	}

	#showOut({ kind, target, room }: Ban): void {
		const { broadcast, members } = this.#deps;
		if (kind === "address") broadcast.disconnectAddress(target);
		else if (room === undefined) broadcast.disconnectUser(target);
		// Its client comes back by itself, to the other rooms it was in.
		else
			for (const { connection } of broadcast.connections())
				if (connection.user.id === target && members.leave(connection, room).ok) broadcast.cutConnection(connection.id);
	}
}

function signOf({ kind, target, room, until }: Ban): string {
	return JSON.stringify([kind, target, room, until]);
}
