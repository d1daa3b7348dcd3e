/** The domain, put together: verbs on rooms. It knows no sockets, no HTTP and no database, only their ports. */
import type { Ack } from "../protocol/refusal.ts";
import type { RoomSummary } from "../protocol/room.ts";
import type { BannedWords } from "./banned-words.ts";
import { ClusterEvents } from "./cluster-events.ts";
import type { Limits } from "./limits.ts";
import { AppendQueue } from "./log/append-queue.ts";
import { Reconciler } from "./log/reconciler.ts";
import { Members } from "./members.ts";
import { Messages } from "./messages.ts";
import { ActiveModeration } from "./moderation/active-moderation.ts";
import { Bans } from "./moderation/bans.ts";
import { ClosedRooms } from "./moderation/closed-rooms.ts";
import { LastSeen } from "./moderation/last-seen.ts";
import { type Account, Moderation } from "./moderation/moderation.ts";
import { OpenRooms } from "./open-rooms.ts";
import type { NewAuditEntry } from "./ports/audit.ts";
import type { Broadcast, Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { Store } from "./ports/store.ts";
import { accept, notInRoom, refuse } from "./refusals.ts";

/** So much of a notice is in the audit log. */
const NOTED_CHARS = 200;

type ChatDeps = {
	store: Store;
	broadcast: Broadcast;
	/** The other processes of this chat. */
	cluster: Cluster;
	/** Whether other processes write to the store as well, so that what they wrote is looked for. */
	isStoreShared: boolean;
	clock: Clock;
	metrics: Metrics;
	limits: Limits;
	presenceGraceMs: number;
	hasBannedWord: BannedWords;
	/** Told of sessions that ended in another process. */
	onSessionRevoked: (sessionId: string, expiresAt: number) => void;
	/** Told when the other processes are heard again after a while. */
	onRestored: () => void;
	/** Told of errors that were turned into refusals, for the log. */
	onError: (error: unknown) => void;
};

export class Chat {
	readonly members: Members;
	readonly messages: Messages;
	readonly moderation: Moderation;
	/** What an admin decided, as it is in this process. */
	readonly orders: ActiveModeration;
	readonly bans: Bans;
	readonly lastSeen: LastSeen;
	readonly #deps: ChatDeps;
	readonly #rooms: OpenRooms;
	readonly #lane: AppendQueue;
	readonly #healing: Reconciler;

	constructor(deps: ChatDeps) {
		this.#deps = deps;
		const settled = () => this.#lane.settled();
		this.#rooms = new OpenRooms({ ...deps, graceMs: deps.presenceGraceMs, settled });
		this.#lane = new AppendQueue({
			...deps,
			announce: (room, entries) => this.#rooms.announce(room, entries),
			repeated: (room, seq) => void this.#rooms.heal(room, seq).catch(deps.onError),
		});
		this.bans = new Bans(deps.clock);
		this.lastSeen = new LastSeen(deps.clock);
		const closedRooms = new ClosedRooms();
		this.members = new Members({ ...deps, rooms: this.#rooms, bans: this.bans });
		this.messages = new Messages({ ...deps, lane: this.#lane, members: this.members, closedRooms });
		this.orders = new ActiveModeration({ ...deps, members: this.members, bans: this.bans, closedRooms });
		this.moderation = new Moderation({
			...deps,
			bans: this.bans,
			closedRooms,
			lastSeen: this.lastSeen,
			carryOut: (order) => this.orders.carryOut(order),
			tell: (order) => deps.cluster.publishToAll({ kind: "ordered", order }),
			settled,
		});
		this.#healing = new Reconciler({ ...deps, rooms: this.#rooms });
		if (deps.isStoreShared) {
			this.#healing.start();
			this.orders.watch();
		}
		const { orders, moderation } = this;
		deps.cluster.listen(new ClusterEvents({ ...deps, rooms: this.#rooms, healing: this.#healing, orders, moderation }));
	}

	/** How many rooms are held in memory. */
	get openRooms(): number {
		return this.#rooms.size;
	}

	typing(connection: Connection, name: string, isTyping: boolean): Ack<Record<string, never>> {
		const room = this.members.roomOf(connection, name);
		if (!room) return notInRoom();
		if (isTyping) room.typing.start(connection.user);
		else room.typing.stop(connection.user);
		return accept({});
	}

	listRooms(): Promise<RoomSummary[]> {
		return this.members.list();
	}

	/** The full broadcast: to every connected socket, whatever rooms it is in. Rejects, having told nobody, when the store does. */
	async notice(text: string, account: Account = {}): Promise<void> {
		const { broadcast, cluster, clock } = this.#deps;
		const notice = { text, createdAt: clock.now() };
		const target = { text: text.slice(0, NOTED_CHARS) };
		await this.moderation.note({ act: "notice", target, createdAt: notice.createdAt, ...account });
		broadcast.toAll("server:notice", notice);
		cluster.publishToAll({ kind: "notice", ...notice });
	}

	/**
	 * Forgets a room and everything said in it; who is still in it comes back to an empty one. Without an account it is not
	 * in the audit log.
	 */
	async removeRoom(name: string, account?: Account): Promise<Ack<Record<string, never>>> {
		await this.#lane.idle();
		const audit: NewAuditEntry | undefined = account && {
			act: "remove_room",
			target: { room: name },
			createdAt: this.#deps.clock.now(),
			...account,
		};
		const wasThere = await this.#deps.store
			.removeRoom(name, audit)
			// Even if it failed: it may be gone all the same, and whoever comes back is told what is there.
			.finally(() => {
				this.#rooms.drop(name);
				this.#deps.cluster.publishToAll({ kind: "room_removed", room: name });
			});
		return wasThere ? accept({}) : refuse("not_found", "There is no room of this name.", { field: "room" });
	}

	/** Forgets what is older than `before` (milliseconds since 1970). */
	async prune(before: number): Promise<number> {
		const pruned = await this.#deps.store.prune(before);
		// Whichever process pruned them, they are gone.
		for (const room of this.#rooms.values()) room.tail.prune(before);
		return pruned;
	}

	/** Forgets the rooms that were made before `before` (milliseconds since 1970) and in which nothing was ever said. */
	pruneEmptyRooms(before: number): Promise<number> {
		const open = [...this.#rooms.values()].map(({ name }) => name);
		return this.#deps.store.pruneEmptyRooms(before, open);
	}

	/** Resolves when every message that was taken in is committed, answered and told. */
	async drained(): Promise<void> {
		this.#healing.stop();
		this.orders.stop();
		await this.#lane.idle();
		for (const { news } of this.#rooms.values()) news.tell();
	}
}
