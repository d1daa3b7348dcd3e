import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import { type BannedWords, wordRefusal } from "../banned-words.ts";
import type { OpenRoom, OpenRooms } from "../open-rooms.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import type { Clock } from "../ports/clock.ts";
import { DISCONNECTS } from "../ports/disconnect.ts";
import { SESSION_MS } from "../ports/sessions.ts";
import type { Store } from "../ports/store.ts";
import { MAX_CHANGED_USERS } from "../ports/users.ts";
import { skeletonsOf } from "../presence/confusables.ts";
import type { ReconcilerSource } from "../reconciler.ts";
import { accept, refuse } from "../refusals.ts";
import { INTERVAL_MS, nameOfAnother, type People } from "./people.ts";

type ChangedUsersDeps = {
	store: Pick<Store, "users">;
	broadcast: Pick<Broadcast, "connections" | "toConnection" | "disconnect">;
	rooms: Pick<OpenRooms, "values">;
	people: Pick<People, "nameRefusal" | "reconcile">;
	clock: Pick<Clock, "now">;
	hasBannedWord: BannedWords;
	/** Removes a user of this process from a room. */
	expel: (room: string, userId: string) => void;
	/** Publishes to the other processes that people changed. */
	publish: () => void;
	onError: (error: unknown, during: string) => void;
};

/**
 * The users who were renamed, or removed themselves, while their sessions are valid, in memory: a copy of the store's.
 */
export class ChangedUsers implements ReconcilerSource {
	readonly name = "users";
	readonly #deps: ChangedUsersDeps;
	/** Without a name, the user is gone. */
	readonly #names = new Map<string, string | undefined>();
	#rev = 0;
	#lastRead: Promise<void> = Promise.resolve();

	constructor(deps: ChangedUsersDeps) {
		this.#deps = deps;
	}

	/** Returns a user under their current name; undefined for one who is gone. */
	current(user: User): User | undefined {
		if (this.isGone(user.id)) return undefined;
		const name = this.#names.get(user.id);
		return name === undefined || name === user.name ? user : { id: user.id, name };
	}

	isGone(userId: string): boolean {
		return this.#names.has(userId) && this.#names.get(userId) === undefined;
	}

	nameOf(userId: string): string | undefined {
		return this.#names.get(userId);
	}

	/** Gives a user another name, which is in effect here once this resolves (rule K8). */
	async rename({ id }: User, name: string): Promise<Ack<User>> {
		const { store, people, clock, hasBannedWord, publish } = this.#deps;
		const user = { id, name };
		const skeletons = [...skeletonsOf(name)];
		const refusal =
			wordRefusal(hasBannedWord, "The name", name, "name") ??
			people.nameRefusal(name, id) ??
			(this.#isTaken(user, skeletons) ? nameInRoom(name) : undefined);
		if (refusal) return refusal;
		const isRenamed = await store.users.rename({ user, skeletons, expiresAt: clock.now() + SESSION_MS });
		if (!isRenamed) return nameOfAnother(name);
		publish();
		await people.reconcile();
		await this.reconcile();
		return accept(user);
	}

	intervalMs(): number {
		return INTERVAL_MS;
	}

	/** Reads what changed in the store, and renames users in the rooms of this process. Reads are sequential. */
	reconcile(): Promise<void> {
		const read = this.#lastRead.then(() => this.#read());
		this.#lastRead = read.catch(() => undefined);
		return read;
	}

	async #read(): Promise<void> {
		const renamed = new Map<string, User>();
		const gone = new Set<string>();
		for (const { id, name, rev } of await this.#deps.store.users.changedUsers(this.#rev)) {
			this.#rev = rev;
			// Put last, so that the oldest is first.
			this.#names.delete(id);
			this.#names.set(id, name);
			if (name === undefined) gone.add(id);
			else renamed.set(id, { id, name });
		}
		for (const oldest of this.#names.keys()) {
			if (this.#names.size <= MAX_CHANGED_USERS) break;
			this.#names.delete(oldest);
		}
		if (gone.size > 0) this.#disconnect(gone);
		if (renamed.size > 0) this.#rename(renamed);
	}

	#disconnect(gone: ReadonlySet<string>): void {
		const { broadcast } = this.#deps;
		for (const { connection } of broadcast.connections())
			if (gone.has(connection.user.id)) broadcast.disconnect({ connection: connection.id }, DISCONNECTS.sessionEnded);
	}

	#rename(changed: ReadonlyMap<string, User>): void {
		const { broadcast, rooms, onError } = this.#deps;
		for (const { connection } of broadcast.connections()) {
			const user = changed.get(connection.user.id);
			if (!user || user.name === connection.user.name) continue;
			connection.user = user;
			broadcast.toConnection(connection.id, "user:renamed", { name: user.name });
		}
		for (const room of rooms.values())
			for (const user of changed.values()) {
				room.access?.rename(user);
				this.#renameIn(room, user).catch((error) => onError(error, "renaming a user"));
			}
	}

	/** Where the name is taken meanwhile, the user leaves the room, and is asked for another one. */
	async #renameIn({ name, presence }: OpenRoom, user: User): Promise<void> {
		if (await presence.rename(user)) return;
		this.#deps.expel(name, user.id);
		this.#deps.broadcast.disconnect({ user: user.id }, DISCONNECTS.nameTaken);
	}

	/** Returns whether somebody in a room with the user, on this process, has such a name (rule R2). */
	#isTaken({ id }: User, skeletons: readonly string[]): boolean {
		for (const { presence } of this.#deps.rooms.values())
			if (presence.has(id) && presence.isTaken(id, skeletons)) return true;
		return false;
	}
}

function nameInRoom(name: string) {
	const sentence = `Somebody in one of your rooms is called "${name}" or similar. Pick another name.`;
	return refuse("name_taken", sentence, { field: "name" });
}
