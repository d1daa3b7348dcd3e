import type { User } from "../../protocol.ts";
import type { ClusterListener, Place } from "../../room/cluster.ts";
import type { RedisConnections } from "./connections.ts";
import type { RedisNames } from "./names.ts";
import { BURY, ENTER, EXIT } from "./scripts.ts";
import type { PersonNews } from "./wire.ts";
import { within } from "./within.ts";

/** So long a join waits for Redis; then it goes on as if there were no other processes. */
const PATIENCE_MS = 1_000;

type Stored = { name: string; at: string[] };
type Followed = {
	/** Everybody who is in the room on a connection of this process. */
	places: Map<string, Place>;
	/** What was told while everybody was asked for: the answer may be older. */
	meanwhile: PersonNews[] | undefined;
};

type RedisPeopleDeps = {
	self: string;
	connections: RedisConnections;
	names: RedisNames;
	listener: () => Pick<ClusterListener, "hearPerson" | "hearPeople"> | undefined;
};

/** Who is in which room on which process: kept in Redis, where a name is taken by one person at a time. */
export class RedisPeople {
	readonly #deps: RedisPeopleDeps;
	readonly #rooms = new Map<string, Followed>();

	constructor(deps: RedisPeopleDeps) {
		this.#deps = deps;
	}

	get rooms(): Iterable<string> {
		return this.#rooms.keys();
	}

	follow(room: string): void {
		if (!this.#rooms.has(room)) this.#rooms.set(room, { places: new Map(), meanwhile: undefined });
	}

	unfollow(room: string): void {
		for (const id of this.#rooms.get(room)?.places.keys() ?? []) this.exit(room, id);
		this.#rooms.delete(room);
	}

	async enter(room: string, place: Place): Promise<boolean> {
		const followed = this.#rooms.get(room);
		followed?.places.set(place.user.id, place);
		if (!this.#deps.connections.isConnected) return true;
		const isFree = (await within(PATIENCE_MS, this.#put(room, place, false))) !== 0;
		if (!isFree) followed?.places.delete(place.user.id);
		return isFree;
	}

	exit(room: string, userId: string): void {
		const { self, connections, names } = this.#deps;
		if (!this.#rooms.get(room)?.places.delete(userId) || !connections.isConnected) return;
		const keys = [names.people(room), names.looks(room)];
		connections.run(EXIT, keys, [self, names.room(room), userId]).catch(() => {});
	}

	hear(room: string, news: PersonNews): void {
		const followed = this.#rooms.get(room);
		followed?.meanwhile?.push(news);
		const user = { id: news.id, name: news.name };
		this.#deps.listener()?.hearPerson(room, user, this.#isElsewhere(news.at));
	}

	/** Has the listener hear everybody who is in the room elsewhere. */
	async meet(room: string): Promise<void> {
		const { connections, names, listener } = this.#deps;
		const followed = this.#rooms.get(room);
		if (!followed || !connections.isConnected) return;
		followed.meanwhile ??= [];
		const people = await within(PATIENCE_MS, connections.hash(names.people(room)));
		const { meanwhile = [] } = followed;
		followed.meanwhile = undefined;
		if (!people || this.#rooms.get(room) !== followed) return;
		const elsewhere: User[] = [];
		for (const [id, text] of Object.entries(people)) {
			const { name, at } = JSON.parse(text) as Stored;
			if (this.#isElsewhere(at)) elsewhere.push({ id, name });
		}
		listener()?.hearPeople(room, elsewhere);
		for (const news of meanwhile) this.hear(room, news);
	}

	/** Puts everybody who is here into Redis again, which has forgotten them. */
	async enterAgain(): Promise<void> {
		for (const [room, { places }] of this.#rooms)
			await Promise.all([...places.values()].map((place) => this.#put(room, place, true)));
	}

	/** Takes everybody off a process that is no more. */
	async bury(process: string): Promise<void> {
		const { connections, names } = this.#deps;
		for (const room of await connections.set(names.roomsOf(process)))
			await connections.run(BURY, [names.people(room), names.looks(room)], [process, names.room(room)]);
		await connections.delete(names.roomsOf(process));
		await connections.removeScored(names.processes, process);
	}

	#put(room: string, { user, looks }: Place, isForced: boolean): Promise<unknown> {
		const { self, connections, names } = this.#deps;
		const keys = [names.people(room), names.looks(room), names.roomsOf(self)];
		const force = isForced ? "1" : "0";
		return connections.run(ENTER, keys, [self, room, names.room(room), user.id, user.name, force, ...looks]);
	}

	#isElsewhere(at: readonly string[] = []): boolean {
		return at.some((process) => process !== this.#deps.self);
	}
}
