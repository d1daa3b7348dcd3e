import type { Members } from "../members.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import { DISCONNECTS } from "../ports/disconnect.ts";
import type { ActiveModerationState, Ban, ModerationCommand } from "../ports/moderation.ts";
import type { Store } from "../ports/store.ts";
import type { Bans } from "./bans.ts";
import type { ClosedRooms } from "./closed-rooms.ts";

/** Where other processes share the store, what they did not tell is found out at the latest after this long. */
const REFRESH_MS = 30_000;

type ActiveModerationDeps = {
	store: Pick<Store, "activeModeration">;
	broadcast: Broadcast;
	clock: Pick<Clock, "now" | "after">;
	members: Pick<Members, "leave">;
	bans: Bans;
	closedRooms: ClosedRooms;
	onError: (error: unknown) => void;
};

/** Does in this process what an admin decided, wherever it was decided. */
export class ActiveModeration {
	readonly #deps: ActiveModerationDeps;
	#applied = 0;
	#cancel: (() => void) | undefined;

	constructor(deps: ActiveModerationDeps) {
		this.#deps = deps;
	}

	/** The one place in which an order touches memory and live connections. A second time it changes nothing. */
	apply(command: ModerationCommand): void {
		const { bans, closedRooms } = this.#deps;
		this.#applied++;
		switch (command.kind) {
			case "ban":
				bans.add(command.ban);
				if (bans.find(command.ban)) this.#showOut(command.ban);
				return;
			case "unban":
				bans.lift(command.banned);
				return;
			case "room_closed":
				closedRooms.close(command.room);
				return;
			case "room_reopened":
				closedRooms.reopen(command.room);
		}
	}

	/** Reads anew what is in force, and carries out what changed. Rejects when the store does. */
	async refresh(): Promise<void> {
		const { store, clock } = this.#deps;
		let activeModeration: ActiveModerationState;
		let seen: number;
		// What was carried out while it was read may not be in it yet.
		do {
			seen = this.#applied;
			activeModeration = await store.activeModeration(clock.now());
		} while (seen !== this.#applied);
		for (const command of this.#changes(activeModeration)) this.apply(command);
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
	#changes(activeModeration: ActiveModerationState): ModerationCommand[] {
		const { bans, closedRooms } = this.#deps;
		const known = bans.list();
		const [knownSigns, signs] = [new Set(known.map(signOf)), new Set(activeModeration.bans.map(signOf))];
		const closed = new Set(activeModeration.closedRooms);
		return [
			...known.filter((ban) => !signs.has(signOf(ban))).map((banned): ModerationCommand => ({ kind: "unban", banned })),
			...activeModeration.bans
				.filter((ban) => !knownSigns.has(signOf(ban)))
				.map((ban): ModerationCommand => ({ kind: "ban", ban })),
			...closedRooms
				.names()
				.filter((room) => !closed.has(room))
				.map((room): ModerationCommand => ({ kind: "room_reopened", room })),
			...activeModeration.closedRooms.map((room): ModerationCommand => ({ kind: "room_closed", room })),
		];
	}

	#showOut({ kind, target, room }: Ban): void {
		const { broadcast, members } = this.#deps;
		if (kind === "address") broadcast.disconnect({ address: target }, DISCONNECTS.banned);
		else if (room === undefined) broadcast.disconnect({ user: target }, DISCONNECTS.banned);
		// Its client comes back by itself, to the other rooms it was in.
		else
			for (const { connection } of broadcast.connections())
				if (connection.user.id === target && members.leave(connection, room).ok)
					broadcast.disconnect({ connection: connection.id }, DISCONNECTS.kicked);
	}
}

function signOf({ kind, target, room, until }: Ban): string {
	return JSON.stringify([kind, target, room, until]);
}
