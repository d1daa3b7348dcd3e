import type { User } from "../../protocol/session.ts";
import type { ClusterEventHandler, RoomPlace } from "../../room/ports/cluster.ts";
import { withTimeout } from "../../with-timeout.ts";
import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import { BURY, ENTER, EXIT, FORGET, KEEP } from "./scripts.ts";
import { decodePerson, type PersonEvent } from "./wire.ts";

/** So long a join waits for Redis; then it goes on as if there were no other processes. */
const PATIENCE_MS = 1_000;
/** So many questions are asked at once where there are many: far fewer than may wait for an answer. */
const ASKED_AT_ONCE = 500;

type Followed = {
	/** Everybody who is in the room on a connection of this process. */
	places: Map<string, RoomPlace>;
	/** Whether everybody who is there elsewhere is known. */
	isMet: boolean;
	meeting?: Promise<void> | undefined;
	/** What was told while everybody was asked for: the answer may be older. */
	meanwhile: PersonEvent[];
};

type RedisPeopleDeps = {
	self: string;
	connections: RedisConnections;
	names: RedisNames;
	listener: () => Pick<ClusterEventHandler, "onPersonEvent" | "onPeople"> | undefined;
};

/** Who is in which room on which process: kept in Redis, where a name is taken by one person at a time. */
export class RedisPeople {
	readonly #deps: RedisPeopleDeps;
	readonly #rooms = new Map<string, Followed>();
	/** Whether Redis may hold something else of this process than is so: it was out of reach, or did not answer. */
	#isOwed = false;
	#isSettling = false;
	readonly #burying = new Set<string>();

	constructor(deps: RedisPeopleDeps) {
		this.#deps = deps;
	}

	follow(room: string): void {
		if (!this.#rooms.has(room)) this.#rooms.set(room, { places: new Map(), isMet: false, meanwhile: [] });
	}

	unfollow(room: string): void {
		const places = this.#rooms.get(room)?.places;
		this.#rooms.delete(room);
		if (!places || places.size === 0) return;
		// Some of them may be on their way into Redis again.
		places.clear();
		this.#change(KEEP, room, this.#deps.names.room(room), room);
	}

	async enter(room: string, place: RoomPlace): Promise<boolean> {
		const followed = this.#rooms.get(room);
		// It was let go of in this moment: there is no place to take.
		if (!followed) return true;
		followed.places.set(place.user.id, place);
		const { isConnected } = this.#deps.connections;
		const answer = isConnected ? await withTimeout(this.#put(room, place, false), PATIENCE_MS) : undefined;
		if (answer === undefined) this.#isOwed = true;
		if (answer !== 0) return true;
		this.exit(room, place.user.id);
		return false;
	}

	exit(room: string, userId: string): void {
		const places = this.#rooms.get(room)?.places;
		if (!places?.delete(userId)) return;
		this.#change(EXIT, room, this.#deps.names.room(room), userId, ...(places.size === 0 ? [room] : []));
	}

	hear(room: string, news: PersonEvent): void {
		const followed = this.#rooms.get(room);
		if (followed?.meeting) followed.meanwhile.push(news);
		this.#deps.listener()?.onPersonEvent(room, { id: news.id, name: news.name }, this.#isElsewhere(news.at));
	}

	/** Has the listener hear everybody who is in the room elsewhere; if that can't be done now, {@link meetMissing} does. */
	async meet(room: string): Promise<void> {
		const followed = this.#rooms.get(room);
		if (!followed || !this.#deps.connections.isConnected) return;
		followed.meeting ??= this.#meet(room, followed).finally(() => {
			followed.meeting = undefined;
			followed.meanwhile = [];
		});
		await followed.meeting;
	}

	/** Forgets that anybody was met: others may have come and gone unheard. */
	async meetAgain(): Promise<void> {
		for (const followed of this.#rooms.values()) followed.isMet = false;
		await this.meetMissing();
	}

	async meetMissing(): Promise<void> {
		const missing = [...this.#rooms].filter(([, { isMet, meeting }]) => !isMet && !meeting).map(([room]) => room);
		await inGroups(missing, (room) => this.meet(room));
	}

	/** Makes Redis hold who is here and nobody else, where it may not; always where it `isForgotten`. Rejects as Redis does. */
	async settle(isForgotten: boolean): Promise<void> {
		this.#isOwed ||= isForgotten;
		if (!this.#isOwed || this.#isSettling) return;
		this.#isOwed = false;
		this.#isSettling = true;
		try {
			const { self, connections, names } = this.#deps;
			for (const room of await connections.setMembers(names.roomsOf(self))) {
				const here = this.#rooms.get(room)?.places.keys() ?? [];
				await connections.run(KEEP, this.#keys(room), [self, names.room(room), room, ...here]);
			}
			await inGroups(this.#places(), ([room, place]) => this.#put(room, place, true));
		} catch (error) {
			this.#isOwed = true;
			throw error;
		} finally {
			this.#isSettling = false;
		}
	}

	/** Takes everybody off a process that is no more. Called again while it is at it, it does nothing. */
	async bury(process: string): Promise<void> {
		if (this.#burying.has(process)) return;
		this.#burying.add(process);
		try {
			const { connections, names } = this.#deps;
			const rooms = names.roomsOf(process);
			for (const room of await connections.setMembers(rooms)) {
				const keys = [names.people(room), names.looks(room), names.processes];
				await connections.run(BURY, keys, [process, names.room(room)]);
			}
			await connections.run(FORGET, [names.processes, rooms], [process]);
		} finally {
			this.#burying.delete(process);
		}
	}

	async #meet(room: string, followed: Followed): Promise<void> {
		const { connections, names, listener } = this.#deps;
		const people = await withTimeout(connections.hash(names.people(room)), PATIENCE_MS);
		followed.isMet = people !== undefined;
		if (!people || this.#rooms.get(room) !== followed) return;
		const elsewhere: User[] = [];
		for (const [id, text] of Object.entries(people)) {
			const person = decodePerson(text);
			if (person && this.#isElsewhere(person.at)) elsewhere.push({ id, name: person.name });
		}
		listener()?.onPeople(room, elsewhere);
		for (const { id, name, at } of followed.meanwhile)
			listener()?.onPersonEvent(room, { id, name }, this.#isElsewhere(at));
	}

	/** Everybody who is here, as they are when they are asked for. */
	*#places(): Iterable<[room: string, place: RoomPlace]> {
		for (const [room, { places }] of this.#rooms) for (const place of places.values()) yield [room, place];
	}

	/** Never waits: what does not succeed is owed. */
	#change(script: string, room: string, ...args: string[]): void {
		const { self, connections } = this.#deps;
		if (!connections.isConnected) this.#isOwed = true;
		else
			connections.run(script, this.#keys(room), [self, ...args]).catch(() => {
				this.#isOwed = true;
			});
	}

	#put(room: string, { user, skeletons }: RoomPlace, isForced: boolean): Promise<unknown> {
		const { self, connections, names } = this.#deps;
		const force = isForced ? "1" : "0";
		const args = [self, room, names.room(room), user.id, user.name, force, ...skeletons];
		return connections.run(ENTER, this.#keys(room), args);
	}

	#keys(room: string): string[] {
		const { self, names } = this.#deps;
		return [names.people(room), names.looks(room), names.roomsOf(self)];
	}

	#isElsewhere(at: readonly string[] = []): boolean {
		return at.some((process) => process !== this.#deps.self);
	}
}

/** Asks for each, a group at a time. Rejects with the first that does. */
async function inGroups<T>(all: Iterable<T>, ask: (one: T) => Promise<unknown>): Promise<void> {
	let group: Promise<unknown>[] = [];
	for (const one of all) {
		group.push(ask(one));
		if (group.length < ASKED_AT_ONCE) continue;
		await Promise.all(group);
		group = [];
	}
	await Promise.all(group);
}
