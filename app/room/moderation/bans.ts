import type { Clock } from "../ports/clock.ts";
import type { Ban, BanTarget } from "../ports/moderation.ts";
import { type Refused, refuse } from "../refusals.ts";

/** Maximum active bans. They are in memory, a few hundred bytes each, and read at every sign-in, handshake and join. */
export const MAX_BANS = 50_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A user or an address, or both, that signs in or connects. */
export type Visitor = { userId?: string | undefined; address?: string | undefined };

/** The active bans, in memory. */
export class Bans {
	readonly #clock: Pick<Clock, "now">;
	readonly #mayShareAddress: (userId: string) => boolean;
	readonly #bans = new Map<string, Ban>();

	/** `mayShareAddress`: whether a ban of an address does not exclude this user: they lift bans (rule A2). */
	constructor(clock: Pick<Clock, "now">, mayShareAddress: (userId: string) => boolean) {
		this.#clock = clock;
		this.#mayShareAddress = mayShareAddress;
	}

	/** Adds a ban. Of two with the same target, the one that ends later stays. */
	add(ban: Ban): void {
		const key = keyOf(ban);
		if (this.covers(ban)) return;
		if (this.#bans.size >= MAX_BANS) this.#dropEnded();
		this.#bans.delete(key); // The newest is last.
		this.#bans.set(key, ban);
	}

	/** Whether there is a ban with the same target that ends no earlier. */
	covers(ban: Ban): boolean {
		const known = this.#bans.get(keyOf(ban));
		return known !== undefined && endOf(known) >= endOf(ban);
	}

	remove(banned: BanTarget): void {
		this.#bans.delete(keyOf(banned));
	}

	/** Returns the active ban with this target. */
	find(banned: BanTarget): Ban | undefined {
		const ban = this.#bans.get(keyOf(banned));
		return ban && endOf(ban) > this.#clock.now() ? ban : undefined;
	}

	/** Returns the active bans, oldest first. */
	list(): Ban[] {
		const now = this.#clock.now();
		return this.all().filter((ban) => endOf(ban) > now);
	}

	/** Returns the bans in memory, oldest first, also those that have ended: the clock may be ahead for a while. */
	all(): Ban[] {
		return [...this.#bans.values()];
	}

	/** Returns why a visitor may not enter the chat, if so. */
	refusal({ userId, address }: Visitor): Refused | undefined {
		const user = userId === undefined ? undefined : this.find({ kind: "user", target: userId });
		if (user) return refuse("forbidden", `An admin has banned you from this chat${this.#timeLeft(user)}.`);
		const isExempt = userId !== undefined && this.#mayShareAddress(userId);
		const from = address === undefined || isExempt ? undefined : this.find({ kind: "address", target: address });
		if (from) return refuse("forbidden", `An admin has banned your address from this chat${this.#timeLeft(from)}.`);
		return undefined;
	}

	/** Returns why a user may not enter a room, if so. */
	roomRefusal(userId: string, room: string): Refused | undefined {
		const ban = this.find({ kind: "user", target: userId, room });
		if (!ban) return undefined;
		return refuse("forbidden", `An admin has banned you from this room${this.#timeLeft(ban)}.`, { field: "room" });
	}

	#dropEnded(): void {
		const now = this.#clock.now();
		for (const [key, ban] of this.#bans) if (endOf(ban) <= now) this.#bans.delete(key);
	}

	#timeLeft({ until }: Ban): string {
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
