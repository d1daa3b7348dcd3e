import type { Ack } from "../../protocol/refusal.ts";
import type { AuditEntry, NewAuditEntry } from "../ports/audit.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ban, Banned, ModerationCommand } from "../ports/moderation.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse } from "../refusals.ts";
import { type Attendance, attendanceOf } from "./attendance.ts";
import { type Bans, MAX_BANS } from "./bans.ts";
import { type ClosedRooms, MAX_CLOSED_ROOMS } from "./closed-rooms.ts";
import type { LastSeen } from "./last-seen.ts";

/** A kick is a ban that ends by itself, after so many minutes unless told. */
const KICK_MINUTES = 10;
const MINUTE_MS = 60_000;
/** What `edge/address.ts` calls an address that can't be told: everybody has it, or nobody. */
const UNKNOWN_ADDRESS = "unknown";

/** Who says that they did it, and why; for the audit log. */
export type Account = Pick<NewAuditEntry, "by" | "reason">;

/** Either a user or an address. */
export type Whom = { user: string; address?: undefined } | { address: string; user?: undefined };
export type BanWish = Whom & {
	/** The room that the user is to be kept out of; the whole chat without it. */
	room?: string | undefined;
	minutes?: number | undefined;
	/** Whether the addresses that the user is or was lately connected from are banned as well. */
	withAddresses?: boolean | undefined;
};

type ModerationDeps = {
	store: Pick<Store, "enact" | "audit">;
	broadcast: Pick<Broadcast, "connections" | "connectionsIn">;
	clock: Pick<Clock, "now">;
	bans: Bans;
	closedRooms: ClosedRooms;
	lastSeen: Pick<LastSeen, "of">;
	/** Carries an order out in this process. */
	carryOut: (order: ModerationCommand) => void;
	/** Tells the other processes of it. */
	tell: (order: ModerationCommand) => void;
	/** Resolves when every message that was taken in by now is stored or refused. */
	settled: () => Promise<void>;
};

/** What an admin does about people and rooms: first it is durable, with its entry in the audit log, then it is so. */
export class Moderation {
	readonly #deps: ModerationDeps;

	constructor(deps: ModerationDeps) {
		this.#deps = deps;
	}

	/** Shows somebody out for some minutes. */
	kick(user: string, { room, minutes = KICK_MINUTES }: Pick<BanWish, "room" | "minutes">, account: Account) {
		return this.#keepOut("kick", { user, room, minutes }, account);
	}

	/** Keeps a user or an address out until the ban ends or is lifted. Answers the bans that are in force by it. */
	ban(wish: BanWish, account: Account): Promise<Ack<{ bans: Ban[] }>> {
		return this.#keepOut("ban", wish, account);
	}

	/** `not_found` where there is no such ban. */
	async unban(banned: Banned, account: Account): Promise<Ack<unknown>> {
		const ban = this.#deps.bans.find(banned);
		if (!ban) return refuse("not_found", "There is no such ban; GET /api/bans lists them.");
		const { until: _, ...target } = targetOf(ban);
		await this.#enact([{ kind: "unban", banned }], [this.#entry("unban", target, account)]);
		return accept({});
	}

	/** A page of the bans in force, newest first. */
	bans(offset: number, limit: number): { bans: Ban[]; more: boolean } {
		const all = this.#deps.bans.list().reverse();
		return { bans: all.slice(offset, offset + limit), more: all.length > offset + limit };
	}

	/** Lets nobody write in a room of this name any more, be it there or not. Closing it again changes nothing. */
	async closeRoom(room: string, account: Account): Promise<Ack<unknown>> {
		const { closedRooms } = this.#deps;
		if (!closedRooms.has(room) && closedRooms.size >= MAX_CLOSED_ROOMS)
			return refuse("forbidden", `${MAX_CLOSED_ROOMS} rooms are closed, which is the most; reopen one first.`);
		await this.#enact([{ kind: "room_closed", room }], [this.#entry("close_room", { room }, account)]);
		return accept({});
	}

	/** `not_found` where it is not closed. */
	async reopenRoom(room: string, account: Account): Promise<Ack<unknown>> {
		if (!this.#deps.closedRooms.has(room))
			return refuse("not_found", "No room of this name is closed.", { field: "room" });
		await this.#enact([{ kind: "room_reopened", room }], [this.#entry("reopen_room", { room }, account)]);
		return accept({});
	}

	closedRooms(): string[] {
		return this.#deps.closedRooms.names();
	}

	/** Who is in a room on a connection of this process, and from where. */
	attendance(room: string): Attendance {
		const { broadcast } = this.#deps;
		return attendanceOf(broadcast.connectionsIn(room), broadcast.connections());
	}

	/** Newest first. */
	audit(page: { before?: number; limit: number }): Promise<{ entries: AuditEntry[]; more: boolean }> {
		return this.#deps.store.audit(page);
	}

	/** Writes down what is done elsewhere: durable when it resolves. */
	note(entry: NewAuditEntry): Promise<void> {
		return this.#deps.store.enact([], [entry]);
	}

	/** Another process told of an order, and it was carried out: addresses that are only known here are banned from here. */
	async heard(order: ModerationCommand): Promise<void> {
		if (order.kind !== "ban" || !order.withAddresses) return;
		const { target: user, ...ban } = order.ban;
		const { addresses, name } = this.#whereabouts(user);
		const wanted = addresses
			.map((target): Ban => ({ ...ban, ...name, kind: "address", target }))
			.filter((each) => !this.#deps.bans.covers(each));
		if (wanted.length > 0) await this.#ban("ban", wanted);
	}

	async #keepOut(act: "kick" | "ban", wish: BanWish, account: Account): Promise<Ack<{ bans: Ban[] }>> {
		const { user, address, room, minutes, withAddresses = false } = wish;
		const createdAt = this.#deps.clock.now();
		const ban = { createdAt, ...(minutes !== undefined && { until: createdAt + minutes * MINUTE_MS }), ...account };
		if (user === undefined) return this.#ban(act, [{ ...ban, kind: "address", target: address }]);
		const { addresses, name } = this.#whereabouts(user);
		const wanted: Ban[] = [{ ...ban, ...name, kind: "user", target: user, ...(room !== undefined && { room }) }];
		if (withAddresses) for (const target of addresses) wanted.push({ ...ban, ...name, kind: "address", target });
		return this.#ban(act, wanted, withAddresses);
	}

	/** `withAddresses` goes for the bans of users among them. */
	async #ban(act: "kick" | "ban", wanted: readonly Ban[], withAddresses = false): Promise<Ack<{ bans: Ban[] }>> {
		const { bans } = this.#deps;
		const added = wanted.filter((ban) => !bans.find(ban)).length;
		if (added > 0 && bans.list().length + added > MAX_BANS)
			return refuse("forbidden", `${MAX_BANS} bans are in force, which is the most; lift some first.`);
		await this.#enact(
			wanted.map((ban) => ({ kind: "ban", ban, ...(withAddresses && ban.kind === "user" && { withAddresses }) })),
			wanted.map((ban) => this.#entry(act, targetOf(ban), ban)),
		);
		return accept({ bans: wanted.map((ban) => bans.find(ban) ?? ban) });
	}

	/** What is known here of somebody who is or was lately connected. */
	#whereabouts(user: string): { addresses: string[]; name: { name?: string } } {
		const here = this.#deps.broadcast.connections().filter(({ connection }) => connection.user.id === user);
		const seen = this.#deps.lastSeen.of(user);
		const name = here[0]?.connection.user.name ?? seen?.name;
		const addresses = new Set([...here.map(({ address }) => address), ...(seen?.addresses ?? [])]);
		addresses.delete(UNKNOWN_ADDRESS);
		return { addresses: [...addresses], name: name === undefined ? {} : { name } };
	}

	async #enact(orders: readonly ModerationCommand[], entries: readonly NewAuditEntry[]): Promise<void> {
		const { store, carryOut, tell, settled } = this.#deps;
		await store.enact(orders, entries);
		for (const order of orders) {
			carryOut(order);
			tell(order);
		}
		// What somebody had sent a moment before is stored by now, or never: after the answer nothing more comes of them.
		await settled();
	}

	#entry(act: NewAuditEntry["act"], target: NewAuditEntry["target"], { by, reason }: Account): NewAuditEntry {
		const account = { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
		return { act, target, createdAt: this.#deps.clock.now(), ...account };
	}
}

function targetOf({ kind, target, name, room, until }: Ban): NewAuditEntry["target"] {
	return {
		...(kind === "user" ? { user: target } : { address: target }),
		...(name !== undefined && { name }),
		...(room !== undefined && { room }),
		...(until !== undefined && { until }),
	};
}
