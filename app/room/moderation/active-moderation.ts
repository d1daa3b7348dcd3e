import type { Members } from "../members.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import { DISCONNECTS } from "../ports/disconnect.ts";
import type { ActiveModerationState, Ban, ModerationCommand } from "../ports/moderation.ts";
import type { Store } from "../ports/store.ts";
import type { ReconcilerSource } from "../reconciler.ts";
import type { Bans } from "./bans.ts";
import type { ClosedRooms } from "./closed-rooms.ts";

const INTERVAL_MS = 30_000;

type ActiveModerationDeps = {
	store: Pick<Store, "activeModeration">;
	broadcast: Broadcast;
	members: Pick<Members, "leave">;
	bans: Bans;
	closedRooms: ClosedRooms;
};

/** The moderation in effect, in this process: applies the commands of admins, whichever process they come from. */
export class ActiveModeration implements ReconcilerSource {
	readonly name = "moderation";
	readonly #deps: ActiveModerationDeps;
	#applied = 0;

	constructor(deps: ActiveModerationDeps) {
		this.#deps = deps;
	}

	/** Changes memory and disconnects banned users. The only place that does. Idempotent. */
	apply(command: ModerationCommand): void {
		const { bans } = this.#deps;
		this.#applied++;
		switch (command.kind) {
			case "ban":
				bans.add(command.ban);
				if (bans.find(command.ban)) this.#disconnect(command.ban);
				return;
			case "unban":
				bans.remove(command.banned);
				return;
			case "room_closed":
				this.#setClosed(command.room, true);
				return;
			case "room_reopened":
				this.#setClosed(command.room, false);
		}
	}

	intervalMs(): number {
		return INTERVAL_MS;
	}

	/** Applies the difference between the store and memory. Rejects when the store does. */
	async reconcile(): Promise<void> {
		const { store } = this.#deps;
		let stored: ActiveModerationState;
		let applied: number;
		// Commands that were applied during the read may be missing in it.
		do {
			applied = this.#applied;
			stored = await store.activeModeration();
		} while (applied !== this.#applied);
		for (const command of this.#differences(stored)) this.apply(command);
	}

	#differences(stored: ActiveModerationState): ModerationCommand[] {
		const { bans, closedRooms } = this.#deps;
		const known = bans.all();
		const [knownKeys, storedKeys] = [new Set(known.map(keyOf)), new Set(stored.bans.map(keyOf))];
		const closed = new Set(stored.closedRooms);
		return [
			...known
				.filter((ban) => !storedKeys.has(keyOf(ban)))
				.map((banned): ModerationCommand => ({ kind: "unban", banned })),
			...stored.bans
				.filter((ban) => !knownKeys.has(keyOf(ban)))
				.map((ban): ModerationCommand => ({ kind: "ban", ban })),
			...closedRooms
				.names()
				.filter((room) => !closed.has(room))
				.map((room): ModerationCommand => ({ kind: "room_reopened", room })),
			...stored.closedRooms.map((room): ModerationCommand => ({ kind: "room_closed", room })),
		];
	}

	#setClosed(room: string, closed: boolean): void {
		const { broadcast, closedRooms } = this.#deps;
		if (closedRooms.set(room, closed)) broadcast.toRoom(room, "room:closed", { room, closed });
	}

	#disconnect({ kind, target, room }: Ban): void {
		const { broadcast, members } = this.#deps;
		if (kind === "address") {
			for (const { connection, address } of broadcast.connections())
				if (address === target && this.#deps.bans.refusal({ userId: connection.user.id, address }))
					broadcast.disconnect({ connection: connection.id }, DISCONNECTS.banned);
		} else if (room === undefined) broadcast.disconnect({ user: target }, DISCONNECTS.banned);
		// The client reconnects by itself, to its other rooms.
		else
			for (const { connection } of broadcast.connections())
				if (connection.user.id === target && members.leave(connection, room).ok)
					broadcast.disconnect({ connection: connection.id }, DISCONNECTS.kicked);
	}
}

/** Bans with the same key are the same ban, with the same end. */
function keyOf({ kind, target, room, until }: Ban): string {
	return JSON.stringify([kind, target, room, until]);
}
