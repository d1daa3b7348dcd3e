/** The domain, assembled: commands and queries on rooms. It uses sockets, HTTP and databases only through `ports/`. */
import type { Access } from "../protocol/people.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { User } from "../protocol/session.ts";
import { AdminAppends } from "./admin-appends.ts";
import type { BannedWords } from "./banned-words.ts";
import { Capacity } from "./capacity.ts";
import { ClusterEvents } from "./cluster-events.ts";
import { Edits } from "./edits.ts";
import { Files } from "./files/files.ts";
import { History } from "./history.ts";
import type { Limits } from "./limits.ts";
import { AppendQueue } from "./log/append-queue.ts";
import { RoomHeads } from "./log/room-heads.ts";
import { MemberAppends } from "./member-appends.ts";
import { Members } from "./members.ts";
import { Messages } from "./messages.ts";
import { ActiveModeration } from "./moderation/active-moderation.ts";
import { Bans } from "./moderation/bans.ts";
import { ClosedRooms } from "./moderation/closed-rooms.ts";
import { LastSeen } from "./moderation/last-seen.ts";
import { Moderation } from "./moderation/moderation.ts";
import { Moderators } from "./moderation/moderators.ts";
import { NewMembers } from "./new-members.ts";
import { OpenRooms } from "./open-rooms.ts";
import { ChangedUsers } from "./people/changed-users.ts";
import { Invitations } from "./people/invitations.ts";
import { OwnData } from "./people/own-data.ts";
import { Passkeys } from "./people/passkeys.ts";
import { People } from "./people/people.ts";
import { Roles } from "./people/roles.ts";
import { Pins } from "./pins.ts";
import type { RevokedSession } from "./ports/accounts.ts";
import type { ModerationNote } from "./ports/audit.ts";
import type { Broadcast, Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Cluster } from "./ports/cluster.ts";
import { DISCONNECTS } from "./ports/disconnect.ts";
import type { FileStorage } from "./ports/file-storage.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { Store } from "./ports/store.ts";
import type { WebAuthn } from "./ports/web-authn.ts";
import { PrivateRooms } from "./private-rooms.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { Reactions } from "./reactions.ts";
import { ReadMarks } from "./read-marks/read-marks.ts";
import { Reconciler, type ReconcilerSource } from "./reconciler.ts";
import { accept, notInRoom } from "./refusals.ts";
import { Removals } from "./removals.ts";
import { Reports } from "./reports.ts";
import { ChatRooms } from "./rooms.ts";
import { Indexer } from "./search/indexer.ts";
import { Search } from "./search/search.ts";

/** Maximum characters of a notice that are in the audit log. */
const AUDITED_CHARS = 200;

type ChatDeps = {
	store: Store;
	fileStorage: FileStorage;
	broadcast: Broadcast;
	cluster: Cluster;
	/** Whether other processes write to the store too, so that this one must reconcile with it. */
	isStoreShared: boolean;
	clock: Clock;
	metrics: Metrics;
	limits: Limits;
	presenceGraceMs: number;
	hasBannedWord: BannedWords;
	/** Who may come in, where the operator has set it. */
	fixedAccess: Access | undefined;
	/** Whether a code is that of the claim link. */
	isClaimCode: (code: string) => boolean;
	/** Called when another process revoked a session. */
	onSessionRevoked: (sessionId: string) => void;
	/** Reconciler sources besides rooms and moderation. */
	sources: readonly ReconcilerSource[];
	/** Called after each commit of messages: whether it succeeded. */
	onCommit: (isStored: boolean) => void;
	/** Called with errors that were turned into refusals or are retried, for the log. */
	onError: (error: unknown, during: string) => void;
};

export class Chat {
	readonly rooms: ChatRooms;
	readonly members: Members;
	readonly readMarks: ReadMarks;
	readonly messages: Messages;
	readonly edits: Edits;
	readonly removals: Removals;
	readonly reactions: Reactions;
	readonly pins: Pins;
	readonly reports: Reports;
	readonly capacity: Capacity;
	readonly privateRooms: PrivateRooms;
	readonly adminAppends: AdminAppends;
	readonly history: History;
	readonly files: Files;
	readonly search: Search;
	readonly moderation: Moderation;
	readonly moderators: Moderators;
	readonly activeModeration: ActiveModeration;
	readonly bans: Bans;
	readonly people: People;
	readonly changedUsers: ChangedUsers;
	readonly roles: Roles;
	readonly invitations: Invitations;
	readonly lastSeen: LastSeen;
	readonly #deps: ChatDeps;
	readonly #openRooms: OpenRooms;
	readonly #appendQueue: AppendQueue;
	readonly #appends: MemberAppends;
	readonly #reconciler: Reconciler;
	readonly #indexer: Indexer;

	constructor(deps: ChatDeps) {
		this.#deps = deps;
		const { searchIndex } = deps.store;
		const settled = () => this.#appendQueue.settled();
		const expel = (room: string, userId: string) => this.members.expel(room, userId);
		const openRooms = new OpenRooms({ ...deps, graceMs: deps.presenceGraceMs, settled, onMemberRemoved: expel });
		const onRemoval = () => this.files.deleteRemoved();
		const indexer = new Indexer({ ...deps, searchIndex });
		const onCommit = (isStored: boolean) => {
			if (isStored) indexer.committed();
			deps.onCommit(isStored);
		};
		const appendQueue = new AppendQueue({ ...deps, rooms: openRooms, onCommit, onRemoval });
		this.#indexer = indexer;
		this.#openRooms = openRooms;
		this.#appendQueue = appendQueue;
		this.bans = new Bans(deps.clock, (userId) => this.people.may(userId, "ban"));
		this.lastSeen = new LastSeen(deps.clock);
		const { lastSeen } = this;
		const publishPeople = () => deps.cluster.publishToAll({ kind: "people_changed" });
		const onNameReserved = (userId: string, skeletons: ReadonlySet<string>) => this.#removeOthers(userId, skeletons);
		this.people = new People({ ...deps, onNameReserved });
		const { people } = this;
		this.roles = new Roles({ ...deps, people, lastSeen, publish: publishPeople, settled });
		this.changedUsers = new ChangedUsers({ ...deps, rooms: openRooms, people, expel, publish: publishPeople });
		const { changedUsers } = this;
		const addMember: PrivateRooms["addInvited"] = (...who) => this.privateRooms.addInvited(...who);
		this.invitations = new Invitations({ ...deps, people, addMember, publish: publishPeople });
		const closedRooms = new ClosedRooms();
		this.files = new Files({ ...deps, bans: this.bans, closedRooms });
		this.rooms = new ChatRooms({ ...deps, openRooms, appendQueue, files: this.files });
		this.readMarks = new ReadMarks({ ...deps, roomOf: (...place) => this.members.roomOf(...place) });
		const { bans, readMarks } = this;
		this.members = new Members({ ...deps, rooms: openRooms, bans, closedRooms, people, readMarks });
		const appends = new MemberAppends({ ...deps, appendQueue, members: this.members, closedRooms });
		this.#appends = appends;
		const editRate = new RateLimiter(deps.limits.edits, deps.clock);
		this.messages = new Messages({ ...deps, appends });
		this.edits = new Edits({ ...deps, appends, editRate });
		this.removals = new Removals({ ...deps, appends, members: this.members, people, editRate });
		this.reactions = new Reactions({ ...deps, appends });
		this.pins = new Pins({ ...deps, appends, people, editRate });
		this.capacity = new Capacity({ ...deps, people });
		this.reports = new Reports({ ...deps, members: this.members, people });
		const nameOf = (userId: string) => this.#nameOf(userId);
		const newMembers = new NewMembers(deps);
		this.privateRooms = new PrivateRooms({ ...deps, appends, members: this.members, newMembers, editRate, nameOf });
		this.adminAppends = new AdminAppends({ ...deps, appendQueue });
		this.history = new History({ ...deps, members: this.members });
		this.search = new Search({ ...deps, searchIndex, members: this.members, bans: this.bans, indexer });
		this.activeModeration = new ActiveModeration({ ...deps, members: this.members, bans: this.bans, closedRooms });
		this.moderation = new Moderation({
			...deps,
			bans: this.bans,
			closedRooms,
			lastSeen,
			apply: (command) => this.activeModeration.apply(command),
			publish: (command) => deps.cluster.publishToAll({ kind: "ordered", order: command }),
			settled,
		});
		const { activeModeration, moderation } = this;
		this.moderators = new Moderators({ people, moderation });
		const roomHeads = new RoomHeads({ ...deps, rooms: openRooms });
		this.#reconciler = new Reconciler({
			...deps,
			sources: [roomHeads, activeModeration, people, changedUsers, ...deps.sources],
		});
		if (deps.isStoreShared) this.#reconciler.start();
		indexer.start();
		deps.cluster.listen(
			new ClusterEvents({
				...deps,
				rooms: openRooms,
				reconciler: this.#reconciler,
				activeModeration,
				moderation,
				readMarks,
				people: [people, changedUsers],
				newMembers,
			}),
		);
	}

	/** The number of rooms in memory. */
	get openRoomCount(): number {
		return this.#openRooms.size;
	}

	/**
	 * Returns the name of a user: the one that they gave themselves, that of a connection of this process or its last 24 hours, of the people in its open rooms, who may
	 * be on other processes, or the newest one in the store.
	 */
	async #nameOf(userId: string): Promise<string | undefined> {
		if (this.changedUsers.isGone(userId)) return undefined;
		const here = this.#deps.broadcast.connections().find(({ connection }) => connection.user.id === userId);
		const known = here?.connection.user ?? this.lastSeen.of(userId) ?? this.#inOpenRooms(userId);
		return this.changedUsers.nameOf(userId) ?? known?.name ?? this.#deps.store.nameOf(userId);
	}

	#inOpenRooms(userId: string): User | undefined {
		for (const { presence } of this.#openRooms.values()) {
			const user = presence.userOf(userId);
			if (user) return user;
		}
		return undefined;
	}

	/** Returns the passkeys of the people. */
	passkeys(webAuthn: WebAuthn): Passkeys {
		const { cluster } = this.#deps;
		const publish = () => cluster.publishToAll({ kind: "people_changed" });
		return new Passkeys({ ...this.#deps, webAuthn, people: this.people, publish });
	}

	/** Returns what the chat has of its users. `onEnded` ends the connections of a revoked session. */
	ownData(onEnded: (session: RevokedSession) => void): OwnData {
		const publish = () => this.#deps.cluster.publishToAll({ kind: "people_changed" });
		const settled = () => this.#appendQueue.settled();
		return new OwnData({ ...this.#deps, ...this, appends: this.#appends, publish, settled, onEnded });
	}

	/** Removes others under a name that became a person's own from their rooms (rule K2). Their joins are refused from now on. */
	#removeOthers(userId: string, skeletons: ReadonlySet<string>): void {
		const others = new Set<string>();
		for (const { name, presence } of this.#openRooms.values())
			for (const user of presence.usersOf(skeletons)) {
				if (user === userId) continue;
				this.members.expel(name, user);
				others.add(user);
			}
		for (const user of others) this.#deps.broadcast.disconnect({ user }, DISCONNECTS.nameTaken);
	}

	typing(connection: Connection, name: string, isTyping: boolean): Ack<Record<string, never>> {
		const room = this.members.roomOf(connection, name);
		if (!room) return notInRoom();
		if (isTyping) room.typing.start(connection.user);
		else room.typing.stop(connection.user);
		return accept({});
	}

	/** Sends a notice to every connected socket of every process. Rejects, having sent nothing, when the store does. */
	async notice(text: string, note: ModerationNote = {}): Promise<void> {
		const { broadcast, cluster, clock } = this.#deps;
		const notice = { text, createdAt: clock.now() };
		const target = { text: text.slice(0, AUDITED_CHARS) };
		await this.moderation.record({ act: "notice", target, createdAt: notice.createdAt, ...note });
		broadcast.toAll("server:notice", notice);
		cluster.publishToAll({ kind: "notice", ...notice });
	}

	/** Stops the timers. Resolves when every message accepted so far is committed, acknowledged and broadcast, and every read mark written. */
	async drain(): Promise<void> {
		this.#reconciler.stop();
		await this.#indexer.stop();
		await this.#appendQueue.idle();
		for (const { log } of this.#openRooms.values()) log.flush();
		await this.readMarks.flush();
		await this.files.idle();
	}
}
