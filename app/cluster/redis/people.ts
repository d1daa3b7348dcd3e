import type { User } from "../../protocol/session.ts";
import type { ClusterEventHandler, RoomPlace } from "../../room/ports/cluster.ts";
import { withTimeout } from "../../with-timeout.ts";
import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import { DELETE_DEAD, ENTER, EXIT, REMOVE_DEAD, RETAIN } from "./scripts.ts";
import { decodePerson, type PersonEvent } from "./wire.ts";

/** Time that a join waits for Redis; then it continues as if there were no other processes. */
const REDIS_TIMEOUT_MS = 1_000;
/** Maximum commands in flight in a bulk operation: far below the maximum that may wait for replies. */
const MAX_IN_FLIGHT = 500;

type Followed = {
	/** The people in the room on connections of this process. */
	places: Map<string, RoomPlace>;
	/** Whether the people on other processes are known. */
	isFetched: boolean;
	fetching?: Promise<void> | undefined;
	/** Events received while the people are fetched: the reply may be older. */
	eventsMeanwhile: PersonEvent[];
};

type RedisPeopleDeps = {
	self: string;
	connections: RedisConnections;
	names: RedisNames;
	handler: () => Pick<ClusterEventHandler, "onPersonEvent" | "onPeople"> | undefined;
};

/** The people in each room by process, as Redis stores them. It gives a name to one person at a time. */
export class RedisPeople {
	readonly #deps: RedisPeopleDeps;
	readonly #rooms = new Map<string, Followed>();
	/** Whether Redis may differ from this process' places, because a change failed or timed out. */
	#isStale = false;
	#isReconciling = false;
	readonly #removing = new Set<string>();

	constructor(deps: RedisPeopleDeps) {
		this.#deps = deps;
	}

	follow(room: string): void {
		if (!this.#rooms.has(room)) this.#rooms.set(room, { places: new Map(), isFetched: false, eventsMeanwhile: [] });
	}

	unfollow(room: string): void {
		const places = this.#rooms.get(room)?.places;
		this.#rooms.delete(room);
		if (!places || places.size === 0) return;
		// A reconciliation may be writing some of them again.
		places.clear();
		this.#change(RETAIN, room, this.#deps.names.room(room), room);
	}

	async enter(room: string, place: RoomPlace): Promise<boolean> {
		const followed = this.#rooms.get(room);
		// The room was closed meanwhile: there is no place to take.
		if (!followed) return true;
		followed.places.set(place.user.id, place);
		const { isConnected } = this.#deps.connections;
		const reply = isConnected ? await withTimeout(this.#put(room, place, false), REDIS_TIMEOUT_MS) : undefined;
		if (reply === undefined) this.#isStale = true;
		if (reply !== 0) return true;
		this.exit(room, place.user.id);
		return false;
	}

	exit(room: string, userId: string): void {
		const places = this.#rooms.get(room)?.places;
		if (!places?.delete(userId)) return;
		this.#change(EXIT, room, this.#deps.names.room(room), userId, ...(places.size === 0 ? [room] : []));
	}

	receive(room: string, event: PersonEvent): void {
		const followed = this.#rooms.get(room);
		if (followed?.fetching) followed.eventsMeanwhile.push(event);
		this.#deps.handler()?.onPersonEvent(room, { id: event.id, name: event.name }, this.#isElsewhere(event.at));
	}

	/** Passes the people on other processes to the handler. If that fails, {@link fetchMissing} repeats it. */
	async fetchPeople(room: string): Promise<void> {
		const followed = this.#rooms.get(room);
		if (!followed || !this.#deps.connections.isConnected) return;
		followed.fetching ??= this.#fetch(room, followed).finally(() => {
			followed.fetching = undefined;
			followed.eventsMeanwhile = [];
		});
		await followed.fetching;
	}

	/** Fetches the people of every room again: events may have been missed. */
	async fetchAgain(): Promise<void> {
		for (const followed of this.#rooms.values()) followed.isFetched = false;
		await this.fetchMissing();
	}

	async fetchMissing(): Promise<void> {
		const missing = [...this.#rooms]
			.filter(([, { isFetched, fetching }]) => !isFetched && !fetching)
			.map(([room]) => room);
		await inGroups(missing, (room) => this.fetchPeople(room));
	}

	/** Makes Redis equal to this process' places, if it may differ; always if `isForced`. Rejects when Redis does. */
	async reconcile(isForced: boolean): Promise<void> {
		this.#isStale ||= isForced;
		if (!this.#isStale || this.#isReconciling) return;
		this.#isStale = false;
		this.#isReconciling = true;
		try {
			const { self, connections, names } = this.#deps;
			for (const room of await connections.setMembers(names.roomsOf(self))) {
				const ids = this.#rooms.get(room)?.places.keys() ?? [];
				await connections.run(RETAIN, this.#keys(room), [self, names.room(room), room, ...ids]);
			}
			await inGroups(this.#places(), ([room, place]) => this.#put(room, place, true));
		} catch (error) {
			this.#isStale = true;
			throw error;
		} finally {
			this.#isReconciling = false;
		}
	}

	/** Removes a dead process from all its people. A call while another one runs does nothing. */
	async removeProcess(process: string): Promise<void> {
		if (this.#removing.has(process)) return;
		this.#removing.add(process);
		try {
			const { connections, names } = this.#deps;
			const rooms = names.roomsOf(process);
			for (const room of await connections.setMembers(rooms)) {
				const keys = [names.people(room), names.skeletons(room), names.processes];
				await connections.run(REMOVE_DEAD, keys, [process, names.room(room)]);
			}
			await connections.run(DELETE_DEAD, [names.processes, rooms], [process]);
		} finally {
			this.#removing.delete(process);
		}
	}

	async #fetch(room: string, followed: Followed): Promise<void> {
		const { connections, names, handler } = this.#deps;
		const people = await withTimeout(connections.hash(names.people(room)), REDIS_TIMEOUT_MS);
		followed.isFetched = people !== undefined;
		if (!people || this.#rooms.get(room) !== followed) return;
		const elsewhere: User[] = [];
		for (const [id, text] of Object.entries(people)) {
			const person = decodePerson(text);
			if (person && this.#isElsewhere(person.at)) elsewhere.push({ id, name: person.name });
		}
		handler()?.onPeople(room, elsewhere);
		for (const { id, name, at } of followed.eventsMeanwhile)
			handler()?.onPersonEvent(room, { id, name }, this.#isElsewhere(at));
	}

	/** Yields every place of this process, as it is at that moment. */
	*#places(): Iterable<[room: string, place: RoomPlace]> {
		for (const [room, { places }] of this.#rooms) for (const place of places.values()) yield [room, place];
	}

	/** Never waits. A failed change is repeated by {@link reconcile}. */
	#change(script: string, room: string, ...args: string[]): void {
		const { self, connections } = this.#deps;
		if (!connections.isConnected) this.#isStale = true;
		else
			connections.run(script, this.#keys(room), [self, ...args]).catch(() => {
				this.#isStale = true;
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
		return [names.people(room), names.skeletons(room), names.roomsOf(self)];
	}

	#isElsewhere(at: readonly string[] = []): boolean {
		return at.some((process) => process !== this.#deps.self);
	}
}

/** Runs `task` for each item, a group at a time. Rejects with the first that rejects. */
async function inGroups<T>(items: Iterable<T>, task: (item: T) => Promise<unknown>): Promise<void> {
	let group: Promise<unknown>[] = [];
	for (const item of items) {
		group.push(task(item));
		if (group.length < MAX_IN_FLIGHT) continue;
		await Promise.all(group);
		group = [];
	}
	await Promise.all(group);
}
