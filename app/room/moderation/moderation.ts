import type { Ack } from "../../protocol/refusal.ts";
import type { AuditEntry, ModerationNote, NewAuditEntry } from "../ports/audit.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ban, BanTarget, ModerationCommand } from "../ports/moderation.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse } from "../refusals.ts";
import { type Bans, MAX_BANS } from "./bans.ts";
import { type ClosedRooms, MAX_CLOSED_ROOMS } from "./closed-rooms.ts";
import type { LastSeen } from "./last-seen.ts";
import { type RoomMembers, roomMembersOf } from "./room-members.ts";

/** Duration of a kick, which is a ban, unless the request names another. */
const KICK_MINUTES = 10;
const MINUTE_MS = 60_000;
/** The address of a connection whose address is not known (`request-trust/address.ts`); it is never banned. */
const UNKNOWN_ADDRESS = "unknown";

export type UserOrAddress = { user: string; address?: undefined } | { address: string; user?: undefined };
export type BanRequest = UserOrAddress & {
	/** The room that the user is banned from; without it, the whole chat. */
	room?: string | undefined;
	minutes?: number | undefined;
	/** Whether the user's current and recent addresses are banned too. */
	withAddresses?: boolean | undefined;
};

type ModerationDeps = {
	store: Pick<Store, "enact" | "audit">;
	broadcast: Pick<Broadcast, "connections" | "connectionsIn">;
	clock: Pick<Clock, "now">;
	bans: Bans;
	closedRooms: ClosedRooms;
	lastSeen: Pick<LastSeen, "of">;
	/** Applies a command in this process. */
	apply: (command: ModerationCommand) => void;
	/** Publishes a command to the other processes. */
	publish: (command: ModerationCommand) => void;
	/** Resolves when every message accepted so far is stored or refused. */
	settled: () => Promise<void>;
};

/**
 * The actions of admins on people and rooms. Each one is first durable, together with its entry in the audit log, then
 * applied here and published.
 */
export class Moderation {
	readonly #deps: ModerationDeps;

	constructor(deps: ModerationDeps) {
		this.#deps = deps;
	}

	/** Bans a user for some minutes. */
	kick(user: string, { room, minutes = KICK_MINUTES }: Pick<BanRequest, "room" | "minutes">, note: ModerationNote) {
		return this.#request("kick", { user, room, minutes }, note);
	}

	/** Bans a user or an address until the ban ends or is lifted. Returns the active bans on the targets. */
	ban(request: BanRequest, note: ModerationNote): Promise<Ack<{ bans: Ban[] }>> {
		return this.#request("ban", request, note);
	}

	/** Refuses with `not_found` where no such ban is active. */
	async unban(banned: BanTarget, note: ModerationNote): Promise<Ack<unknown>> {
		const ban = this.#deps.bans.find(banned);
		if (!ban) return refuse("not_found", "There is no such ban; GET /api/bans lists them.");
		const { until: _, ...target } = auditTarget(ban);
		await this.#enact([{ kind: "unban", banned }], [this.#auditEntry("unban", target, note)]);
		return accept({});
	}

	/** Returns a page of the active bans for which `isShown` is true, newest first. */
	bans(offset: number, limit: number, isShown: (ban: Ban) => boolean = () => true): { bans: Ban[]; more: boolean } {
		const all = this.#deps.bans.list().filter(isShown).reverse();
		return { bans: all.slice(offset, offset + limit), more: all.length > offset + limit };
	}

	/** Makes the room of this name read-only, whether or not it exists. */
	async closeRoom(room: string, note: ModerationNote): Promise<Ack<unknown>> {
		const { closedRooms } = this.#deps;
		if (!closedRooms.has(room) && closedRooms.size >= MAX_CLOSED_ROOMS)
			return refuse("forbidden", `${MAX_CLOSED_ROOMS} rooms are closed, which is the maximum. Reopen one first.`);
		await this.#enact([{ kind: "room_closed", room }], [this.#auditEntry("close_room", { room }, note)]);
		return accept({});
	}

	/** Refuses with `not_found` where the room is not closed. */
	async reopenRoom(room: string, note: ModerationNote): Promise<Ack<unknown>> {
		if (!this.#deps.closedRooms.has(room))
			return refuse("not_found", "No room of this name is closed.", { field: "room" });
		await this.#enact([{ kind: "room_reopened", room }], [this.#auditEntry("reopen_room", { room }, note)]);
		return accept({});
	}

	closedRooms(): string[] {
		return this.#deps.closedRooms.names();
	}

	/** Returns the members of a room who are connected to this process, with their addresses. */
	membersOf(room: string): RoomMembers {
		const { broadcast } = this.#deps;
		return roomMembersOf(broadcast.connectionsIn(room), broadcast.connections());
	}

	/** Returns a page of the audit log, newest first. */
	audit(page: { before?: number; limit: number }): Promise<{ entries: AuditEntry[]; more: boolean }> {
		return this.#deps.store.audit(page);
	}

	/** Writes an entry to the audit log. Resolves when it is durable. */
	record(entry: NewAuditEntry): Promise<void> {
		return this.#deps.store.enact([], [entry]);
	}

	/** Bans the addresses that only this process knows of a user, after another process banned the user with addresses. */
	async banLocalAddresses(command: ModerationCommand): Promise<void> {
		if (command.kind !== "ban" || !command.withAddresses) return;
		const { target: user, ...ban } = command.ban;
		const { addresses, name } = this.#addressesAndName(user);
		const wanted = addresses
			.map((target): Ban => ({ ...ban, ...name, kind: "address", target }))
			.filter((each) => !this.#deps.bans.covers(each));
		if (wanted.length > 0) await this.#ban("ban", wanted);
	}

	#request(act: "kick" | "ban", request: BanRequest, note: ModerationNote): Promise<Ack<{ bans: Ban[] }>> {
		const { user, address, room, minutes, withAddresses = false } = request;
		const createdAt = this.#deps.clock.now();
		const ban = { createdAt, ...(minutes !== undefined && { until: createdAt + minutes * MINUTE_MS }), ...note };
		if (user === undefined) return this.#ban(act, [{ ...ban, kind: "address", target: address }]);
		const { addresses, name } = this.#addressesAndName(user);
		const wanted: Ban[] = [{ ...ban, ...name, kind: "user", target: user, ...(room !== undefined && { room }) }];
		if (withAddresses) for (const target of addresses) wanted.push({ ...ban, ...name, kind: "address", target });
		return this.#ban(act, wanted, withAddresses);
	}

	/** `withAddresses` is published with the bans of users, for {@link banLocalAddresses}. */
	async #ban(act: "kick" | "ban", wanted: readonly Ban[], withAddresses = false): Promise<Ack<{ bans: Ban[] }>> {
		const { bans } = this.#deps;
		const added = wanted.filter((ban) => !bans.find(ban)).length;
		if (added > 0 && bans.list().length + added > MAX_BANS)
			return refuse("forbidden", `${MAX_BANS} bans are active, which is the maximum. Lift some first.`);
		await this.#enact(
			wanted.map((ban) => ({ kind: "ban", ban, ...(withAddresses && ban.kind === "user" && { withAddresses }) })),
			wanted.map((ban) => this.#auditEntry(act, auditTarget(ban), ban)),
		);
		return accept({ bans: wanted.map((ban) => bans.find(ban) ?? ban) });
	}

	/** Returns the addresses and the name that this process knows of a user, from connections and from the last 24 hours. */
	#addressesAndName(user: string): { addresses: string[]; name: { name?: string } } {
		const here = this.#deps.broadcast.connections().filter(({ connection }) => connection.user.id === user);
		const seen = this.#deps.lastSeen.of(user);
		const name = here[0]?.connection.user.name ?? seen?.name;
		const addresses = new Set([...here.map(({ address }) => address), ...(seen?.addresses ?? [])]);
		addresses.delete(UNKNOWN_ADDRESS);
		return { addresses: [...addresses], name: name === undefined ? {} : { name } };
	}

	async #enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		const { store, apply, publish, settled } = this.#deps;
		await store.enact(commands, audit);
		for (const command of commands) {
			apply(command);
			publish(command);
		}
		// A message that a banned user sent just before may still be in the append queue. None is stored after the response.
		await settled();
	}

	#auditEntry(act: NewAuditEntry["act"], target: NewAuditEntry["target"], note: ModerationNote): NewAuditEntry {
		const { by, reason } = note;
		const rest = { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
		return { act, target, createdAt: this.#deps.clock.now(), ...rest };
	}
}

function auditTarget({ kind, target, name, room, until }: Ban): NewAuditEntry["target"] {
	return {
		...(kind === "user" ? { user: target } : { address: target }),
		...(name !== undefined && { name }),
		...(room !== undefined && { room }),
		...(until !== undefined && { until }),
	};
}
