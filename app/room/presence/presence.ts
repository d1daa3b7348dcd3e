import { PRESENCE_LIST_MEMBERS, PRESENCE_SAMPLE_MEMBERS } from "../../protocol/limits.ts";
import type { PresenceSnapshot } from "../../protocol/presence.ts";
import type { User } from "../../protocol/session.ts";
import type { Broadcast, Connection } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cluster, RoomPlace } from "../ports/cluster.ts";
import { skeletonsOf } from "./confusables.ts";
import { PresenceDiffBatcher } from "./diff-batcher.ts";

/** Somebody who is in the room: on connections of this process, of another one, or both. */
type Member = {
	user: User;
	connections: Set<string>;
	/** What the name skeletons like, while it is this process that holds it. */
	skeletons: readonly string[];
	/** Whether this process holds a place for them: also while a dropped line may come back. */
	isHere: boolean;
	isElsewhere: boolean;
	cancelLeave?: (() => void) | undefined;
};

/** Somebody whose join is under way: `joins` of them. */
type Arrival = { skeletons: readonly string[]; joins: number; admitted: Promise<boolean> };

type PresenceDeps = {
	room: string;
	broadcast: Pick<Broadcast, "toRoom" | "toConnection">;
	cluster: Pick<Cluster, "enter" | "exit">;
	clock: Pick<Clock, "after">;
	graceMs: number;
	/** Called when the last member with a connection of this process is gone. */
	onEmpty: () => void;
};

/** Who is in a room: people, not connections (rules P1, P2), each under a name of their own (rule R2). */
export class RoomPresence {
	readonly #deps: PresenceDeps;
	readonly #members = new Map<string, Member>();
	readonly #arrivals = new Map<string, Arrival>();
	/** Which names look like what, of those who are here: of the others, the cluster knows. */
	readonly #skeletons = new Map<string, string>();
	readonly #news: PresenceDiffBatcher;
	#here = 0;

	constructor(deps: PresenceDeps) {
		this.#deps = deps;
		this.#news = new PresenceDiffBatcher({
			...deps,
			count: () => this.count,
			isMember: (userId) => this.#members.has(userId),
			isLarge: () => this.#isLarge(),
		});
	}

	get count(): number {
		return this.#members.size;
	}

	/** Whether nobody is in the room, or on the way into it, on a connection of this process. */
	get isDeserted(): boolean {
		return this.#here === 0 && this.#arrivals.size === 0;
	}

	/**
	 * Takes a place for somebody whose join is under way; not where somebody else is in the room, here or elsewhere, under a
	 * name that skeletons alike (rule R2). Each call is followed by one of {@link arrived}.
	 */
	arrive(user: User): Promise<boolean> {
		let arrival = this.#arrivals.get(user.id);
		if (!arrival) {
			const member = this.#members.get(user.id);
			const skeletons = member?.isHere ? member.skeletons : [...skeletonsOf(user.name)];
			arrival = { skeletons, joins: 0, admitted: this.#admit({ user, skeletons }, member) };
			this.#arrivals.set(user.id, arrival);
		}
		arrival.joins++;
		return arrival.admitted;
	}

	/** The join is over, whether it came to {@link enter} or not. */
	arrived({ id }: User): void {
		const arrival = this.#arrivals.get(id);
		if (!arrival || --arrival.joins > 0) return;
		this.#arrivals.delete(id);
		if (!this.#members.get(id)?.isHere) this.#deps.cluster.exit(this.#deps.room, id);
	}

	/** Lets a connection in; not where somebody else is here under a name that skeletons like its user's (rule R2). */
	enter({ id, user }: Connection): boolean {
		const member = this.#members.get(user.id);
		if (member?.isHere) {
			member.cancelLeave?.();
			member.cancelLeave = undefined;
			member.connections.add(id);
			return true;
		}
		const skeletons = this.#arrivals.get(user.id)?.skeletons ?? [...skeletonsOf(user.name)];
		if (this.#isTaken(user.id, skeletons)) return false;
		for (const look of skeletons) this.#skeletons.set(look, user.id);
		this.#here++;
		const isElsewhere = member?.isElsewhere === true;
		this.#members.set(user.id, { user, skeletons, connections: new Set([id]), isHere: true, isElsewhere });
		if (!isElsewhere) this.#news.tell({ kind: "join", user, connectionId: id });
		return true;
	}

	/** At once on a clean leave; else after the grace period, so that a reload makes no noise (rule P2). */
	exit({ id, user }: Connection, clean: boolean): void {
		const member = this.#members.get(user.id);
		if (!member?.connections.delete(id) || member.connections.size > 0) return;
		if (clean) this.#leave(member);
		else member.cancelLeave = this.#deps.clock.after(this.#deps.graceMs, () => this.#leave(member));
	}

	/** Another process told whether somebody is in the room there. */
	hear(user: User, isElsewhere: boolean): void {
		const member = this.#members.get(user.id);
		if (member) {
			member.isElsewhere = isElsewhere;
			if (!isElsewhere && !member.isHere) this.#remove(member);
		} else if (isElsewhere) {
			this.#members.set(user.id, { user, skeletons: [], connections: new Set(), isHere: false, isElsewhere });
			this.#news.tell({ kind: "join", user });
		}
	}

	/** Everybody who is in the room on connections of other processes. */
	onPeople(users: readonly User[]): void {
		const elsewhere = new Set(users.map(({ id }) => id));
		for (const member of this.#members.values())
			if (member.isElsewhere && !elsewhere.has(member.user.id)) this.hear(member.user, false);
		for (const user of users) this.hear(user, true);
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

	/** Forgets everyone, also those who are on their way, without a word. */
	clear(): void {
		this.#news.clear();
		for (const member of this.#members.values()) member.cancelLeave?.();
		this.#members.clear();
		this.#arrivals.clear();
		this.#skeletons.clear();
		this.#here = 0;
	}

	async #admit(place: RoomPlace, member: Member | undefined): Promise<boolean> {
		if (member?.isHere) return true;
		if (this.#isTaken(place.user.id, place.skeletons)) return false;
		return this.#deps.cluster.enter(this.#deps.room, place);
	}

	#isTaken(userId: string, skeletons: readonly string[]): boolean {
		return skeletons.some((look) => (this.#skeletons.get(look) ?? userId) !== userId);
	}

	/** The last connection of this process is gone. */
	#leave(member: Member): void {
		const { id } = member.user;
		for (const look of member.skeletons) this.#skeletons.delete(look);
		member.isHere = false;
		member.cancelLeave = undefined;
		this.#here--;
		if (!this.#arrivals.has(id)) this.#deps.cluster.exit(this.#deps.room, id);
		if (!member.isElsewhere) this.#remove(member);
		if (!this.isDeserted) return;
		this.clear();
		this.#deps.onEmpty();
	}

	#remove({ user }: Member): void {
		this.#members.delete(user.id);
		this.#news.tell({ kind: "leave", user });
	}

	#isLarge(): boolean {
		return this.count > PRESENCE_LIST_MEMBERS;
	}
}
