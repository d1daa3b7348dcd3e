import type { Clock } from "../ports/clock.ts";
import type { Ban, BanTarget } from "../ports/moderation.ts";
import { type Refused, refuse } from "../refusals.ts";

/** So many bans may be in force, at a few hundred bytes each: they are asked at every sign-in, handshake and send. */
export const MAX_BANS = 50_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Somebody at the door; what is not known is left out. */
export type Visitor = { userId?: string | undefined; address?: string | undefined };

/** Who is kept out, and until when: in memory, so that asking costs nothing. */
export class Bans {
	readonly #clock: Pick<Clock, "now">;
	readonly #bans = new Map<string, Ban>();

	constructor(clock: Pick<Clock, "now">) {
		this.#clock = clock;
	}

	/** Of two bans that keep out the same, the one that ends later counts. */
	add(ban: Ban): void {
		const key = keyOf(ban);
		if (this.covers(ban)) return;
		this.#bans.delete(key); // so that the newest is last
		this.#bans.set(key, ban);
	}

	/** Whether one is known that keeps out the same, and for at least as long. */
	covers(ban: Ban): boolean {
		const known = this.#bans.get(keyOf(ban));
		return known !== undefined && endOf(known) >= endOf(ban);
	}

	remove(banned: BanTarget): void {
		this.#bans.delete(keyOf(banned));
	}

	/** The ban that is in force, if there is one. */
	find(banned: BanTarget): Ban | undefined {
		const ban = this.#bans.get(keyOf(banned));
		return ban && endOf(ban) > this.#clock.now() ? ban : undefined;
	}

	/** Those that are in force, the oldest first. Those that have ended are forgotten. */
	list(): Ban[] {
		const now = this.#clock.now();
		for (const [key, ban] of this.#bans) if (endOf(ban) <= now) this.#bans.delete(key);
		return [...this.#bans.values()];
	}

	/** Why somebody may not come into the chat, if they may not. */
	refusal({ userId, address }: Visitor): Refused | undefined {
		const user = userId === undefined ? undefined : this.find({ kind: "user", target: userId });
		if (user) return refuse("forbidden", `An admin has banned you from this chat${this.#rest(user)}.`);
		const from = address === undefined ? undefined : this.find({ kind: "address", target: address });
		if (from) return refuse("forbidden", `An admin has banned your address from this chat${this.#rest(from)}.`);
		return undefined;
	}

	/** Why a user may not be in a room, if they may not. */
	roomRefusal(userId: string, room: string): Refused | undefined {
		const ban = this.find({ kind: "user", target: userId, room });
		if (!ban) return undefined;
		return refuse("forbidden", `An admin has banned you from this room${this.#rest(ban)}.`, { field: "room" });
	}

	#rest({ until }: Ban): string {
		if (until === undefined) return "";
		const ms = until - this.#clock.now();
		const [unitMs, unit] =
			ms > 2 * DAY_MS ? [DAY_MS, "day"] : ms > 2 * HOUR_MS ? [HOUR_MS, "hour"] : [MINUTE_MS, "minute"];
		const count = Math.ceil(ms / unitMs);
		return ` for another ${count} ${unit}${count === 1 ? "" : "s"}`;
	}
}

function keyOf({ kind, target, room }: BanTarget): string {
	return JSON.stringify([kind, target, room]);
}

function endOf({ until }: Ban): number {
	return until ?? Number.POSITIVE_INFINITY;
}
