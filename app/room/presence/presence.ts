import { PRESENCE_LIST_MEMBERS, PRESENCE_SAMPLE_MEMBERS } from "../../protocol/limits.ts";
import type { PresenceSnapshot } from "../../protocol/presence.ts";
import type { User } from "../../protocol/session.ts";
import type { Broadcast, Connection } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cluster, RoomPlace } from "../ports/cluster.ts";
import { skeletonsOf } from "./confusables.ts";
import { PresenceDiffBatcher } from "./diff-batcher.ts";

/** A user in the room: on connections of this process, of another one, or both. */
type Member = {
	user: User;
	connections: Set<string>;
	/** The skeletons of the name, while this process holds a place for the user. */
	skeletons: readonly string[];
	/** Whether this process holds a place for the user: also during the grace period after a disconnect. */
	isHere: boolean;
	isElsewhere: boolean;
	cancelLeave?: (() => void) | undefined;
};

/** The place of a user whose joins, `joins` of them, are in progress. */
type Reservation = { user: User; skeletons: readonly string[]; joins: number; isFree: Promise<boolean> };

type PresenceDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom" | "toConnection">;
	cluster: Pick<Cluster, "enter" | "exit">;
	clock: Pick<Clock, "after">;
	graceMs: number;
	/** Called when the last member with a connection of this process has left. */
	onUnused: () => void;
};

/** The people in a room, not their connections (rules P1, P2), with distinct names (rule R2). */
export class RoomPresence {
	readonly #deps: PresenceDeps;
	readonly #members = new Map<string, Member>();
	readonly #reservations = new Map<string, Reservation>();
	/** The user of each skeleton, on this process. The cluster has those of the others. */
	readonly #skeletons = new Map<string, string>();
	readonly #diffs: PresenceDiffBatcher;
	/** Members with a place of this process. */
	#hereCount = 0;

	constructor(deps: PresenceDeps) {
		this.#deps = deps;
		this.#diffs = new PresenceDiffBatcher({
			...deps,
			count: () => this.count,
			isMember: (userId) => this.#members.has(userId),
			isLarge: () => this.#isLarge(),
		});
	}

	get count(): number {
		return this.#members.size;
	}

	/** Whether a user is in the room, on any process. */
	has(userId: string): boolean {
		return this.#members.has(userId);
	}

	/** Returns a user who is in the room, on any process. */
	userOf(userId: string): User | undefined {
		return this.#members.get(userId)?.user;
	}

	/** Returns the ids of a user's connections of this process that are in the room. */
	connectionsOf(userId: string): Iterable<string> {
		return this.#members.get(userId)?.connections ?? [];
	}

	/** Returns the users on this process whose names have one of the skeletons. */
	usersOf(skeletons: Iterable<string>): Set<string> {
		return new Set([...skeletons].flatMap((skeleton) => this.#skeletons.get(skeleton) ?? []));
	}

	/** Whether a user is in the room on another process. */
	isElsewhere(userId: string): boolean {
		return this.#members.get(userId)?.isElsewhere === true;
	}

	/** Whether nobody is in the room, or joining it, on a connection of this process. */
	get isUnused(): boolean {
		return this.#hereCount === 0 && this.#reservations.size === 0;
	}

	/**
	 * Reserves a place for a user who is joining. Resolves with false where another user, on any process, has a name with the
	 * same skeleton (rule R2). Each call is followed by one of {@link endReservation}.
	 */
	reserve(user: User): Promise<boolean> {
		let reservation = this.#reservations.get(user.id);
		if (!reservation) {
			const member = this.#members.get(user.id);
			const skeletons = member?.isHere ? member.skeletons : [...skeletonsOf(user.name)];
			reservation = { user, skeletons, joins: 0, isFree: this.#takePlace({ user, skeletons }, member) };
			this.#reservations.set(user.id, reservation);
		}
		reservation.joins++;
		return reservation.isFree;
	}

	/** Whether a place is reserved for a user under this name, which may have changed meanwhile. */
	isReserved({ id, name }: User): boolean {
		return this.#reservations.get(id)?.user.name === name;
	}

	/** Ends one join, whether it reached {@link enter} or not. The last one gives up an unused place. */
	endReservation({ id }: User): void {
		const reservation = this.#reservations.get(id);
		if (!reservation || --reservation.joins > 0) return;
		this.#reservations.delete(id);
		if (!this.#members.get(id)?.isHere) this.#deps.cluster.exit(this.#deps.room, id);
	}

	/** Adds a connection. Returns false where another user of this process has a name with the same skeleton (rule R2). */
	enter({ id, user }: Connection): boolean {
		const member = this.#members.get(user.id);
		if (member?.isHere) {
			member.cancelLeave?.();
			member.cancelLeave = undefined;
			member.connections.add(id);
			return true;
		}
		const skeletons = this.#reservations.get(user.id)?.skeletons ?? [...skeletonsOf(user.name)];
		if (this.isTaken(user.id, skeletons)) return false;
		for (const skeleton of skeletons) this.#skeletons.set(skeleton, user.id);
		this.#hereCount++;
		const isElsewhere = member?.isElsewhere === true;
		this.#members.set(user.id, { user, skeletons, connections: new Set([id]), isHere: true, isElsewhere });
		if (!isElsewhere) this.#diffs.add({ kind: "join", user, connectionId: id });
		return true;
	}

	/** Removes a connection. Without a clean leave its user leaves after the grace period, so that a reload is not seen (rule P2). */
	exit({ id, user }: Connection, clean: boolean): void {
		const member = this.#members.get(user.id);
		if (!member?.connections.delete(id) || member.connections.size > 0) return;
		if (clean) this.#leave(member);
		else member.cancelLeave = this.#deps.clock.after(this.#deps.graceMs, () => this.#leave(member));
	}

	/** Ends the grace period of a user without a connection. */
	endGrace(userId: string): void {
		const member = this.#members.get(userId);
		if (!member?.cancelLeave) return;
		member.cancelLeave();
		this.#leave(member);
	}

	/** Returns whether another user on this process has a name with one of the skeletons. */
	isTaken(userId: string, skeletons: Iterable<string>): boolean {
		return [...skeletons].some((skeleton) => (this.#skeletons.get(skeleton) ?? userId) !== userId);
	}

	/**
	 * Gives a user who is in the room another name. Resolves with false where another user, on any process, has one with the
	 * same skeleton (rule R2): then the user has to leave.
	 */
	async rename(user: User): Promise<boolean> {
		const member = this.#members.get(user.id);
		if (!member?.isHere || member.user.name === user.name) return true;
		const skeletons = [...skeletonsOf(user.name)];
		if (this.isTaken(user.id, skeletons)) return false;
		for (const skeleton of member.skeletons) this.#skeletons.delete(skeleton);
		for (const skeleton of skeletons) this.#skeletons.set(skeleton, user.id);
		member.skeletons = skeletons;
		this.#setUser(member, user);
		return this.#deps.cluster.enter(this.#deps.room, { user, skeletons });
	}

	/** Sets whether a user is in the room on another process. */
	setElsewhere(user: User, isElsewhere: boolean): void {
		const member = this.#members.get(user.id);
		if (member) {
			if (isElsewhere && !member.isHere && member.user.name !== user.name) this.#setUser(member, user);
			member.isElsewhere = isElsewhere;
			if (!isElsewhere && !member.isHere) this.#remove(member);
		} else if (isElsewhere) {
			this.#members.set(user.id, { user, skeletons: [], connections: new Set(), isHere: false, isElsewhere });
			this.#diffs.add({ kind: "join", user });
		}
	}

	/** Sets the complete list of users who are in the room on other processes. */
	setAllElsewhere(users: readonly User[]): void {
		const elsewhere = new Set(users.map(({ id }) => id));
		for (const member of this.#members.values())
			if (member.isElsewhere && !elsewhere.has(member.user.id)) this.setElsewhere(member.user, false);
		for (const user of users) this.setElsewhere(user, true);
	}

	snapshot(): PresenceSnapshot {
		const members: User[] = [];
		const listed = this.#isLarge() ? PRESENCE_SAMPLE_MEMBERS : PRESENCE_LIST_MEMBERS;
		for (const { user } of this.#members.values()) {
			if (members.length === listed) break;
			members.push(user);
		}
		return { count: this.count, members, truncated: this.count > members.length };
	}

	/** Removes everyone, also those who are joining, without a broadcast. */
	clear(): void {
		this.#diffs.clear();
		for (const member of this.#members.values()) member.cancelLeave?.();
		this.#members.clear();
		this.#reservations.clear();
		this.#skeletons.clear();
		this.#hereCount = 0;
	}

	async #takePlace(place: RoomPlace, member: Member | undefined): Promise<boolean> {
		if (member?.isHere) return true;
		if (this.isTaken(place.user.id, place.skeletons)) return false;
		return this.#deps.cluster.enter(this.#deps.room, place);
	}

	#setUser(member: Member, user: User): void {
		member.user = user;
		this.#diffs.add({ kind: "rename", user });
	}

	/** Removes a user whose last connection of this process is gone. */
	#leave(member: Member): void {
		const { id } = member.user;
		for (const skeleton of member.skeletons) this.#skeletons.delete(skeleton);
		member.isHere = false;
		member.cancelLeave = undefined;
		this.#hereCount--;
		if (!this.#reservations.has(id)) this.#deps.cluster.exit(this.#deps.room, id);
		if (!member.isElsewhere) this.#remove(member);
		if (!this.isUnused) return;
		this.clear();
		this.#deps.onUnused();
	}

	#remove({ user }: Member): void {
		this.#members.delete(user.id);
		this.#diffs.add({ kind: "leave", user });
	}

	#isLarge(): boolean {
		return this.count > PRESENCE_LIST_MEMBERS;
	}
}
