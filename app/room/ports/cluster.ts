/** What the domain needs of the other processes of the same chat. `cluster/` implements {@link Cluster}. */
import type { Entry } from "../../protocol/log.ts";
import type { User } from "../../protocol/session.ts";
import type { ModerationCommand } from "./moderation.ts";

/** Said to the processes that follow a room. */
export type RoomEvent =
	/** Entries that the teller committed, ascending and consecutive. */
	| { kind: "appended"; entries: Entry[] }
	/** Everybody who types on a connection of the teller's: a few, or nobody any more. */
	| { kind: "typing"; users: User[] };

/** Said to all processes. */
export type ClusterEvent =
	| { kind: "notice"; text: string; createdAt: number }
	| { kind: "room_removed"; room: string }
	| { kind: "session_revoked"; sessionId: string; expiresAt: number }
	| { kind: "ordered"; order: ModerationCommand };

/** A user's place in a room, and what the name looks like (rule R2). */
export type RoomPlace = { user: User; looks: readonly string[] };

/** Who hears the other processes. What it is told may have been told before, or come late; nothing is told in vain. */
export interface ClusterEventHandler {
	/** `teller` names the process. */
	onRoomEvent(room: string, news: RoomEvent, teller: string): void;
	onClusterEvent(news: ClusterEvent): void;
	/** Whether somebody is in a room on a connection of another process. */
	onPersonEvent(room: string, user: User, isElsewhere: boolean): void;
	/** Everybody who is in a room on connections of other processes: who is not among them is not. */
	onPeople(room: string, users: User[]): void;
	/** Milliseconds that a word was on its way. */
	publishLag(ms: number): void;
	/** The others were out of reach and are heard again: what they told meanwhile is to be found out. */
	onReconnected(): void;
}

/**
 * The other processes of the same chat. What is told reaches them at most once and costs the teller no waiting; while
 * they are out of reach it is dropped, for what counts is in the store.
 */
export interface Cluster {
	/** Whether the others are in reach; undefined where there can be none. */
	readonly isConnected: boolean | undefined;
	/** Begins to hear; called once, before anything else. */
	listen(listener: ClusterEventHandler): void;
	/** Resolves when what is told of the room from now on is heard, or when the others are out of reach. */
	follow(room: string): Promise<void>;
	/** Has the listener hear everybody who is in a room elsewhere; resolves when it did, or when they are out of reach. */
	meet(room: string): Promise<void>;
	/** Hears no more of the room, and gives up every place that this process has in it. */
	unfollow(room: string): void;
	publishToRoom(room: string, news: RoomEvent): void;
	publishToAll(news: ClusterEvent): void;
	/**
	 * Takes a place in a room; not where another process has somebody else there whose name looks alike (rule R2). While the
	 * others are out of reach, everybody may.
	 */
	enter(room: string, place: RoomPlace): Promise<boolean>;
	/** Gives a place up. */
	exit(room: string, userId: string): void;
	/** How many people are in each of these rooms, on all processes; nothing while the others are out of reach. */
	counts(rooms: readonly string[]): Promise<number[] | undefined>;
	close(): Promise<void>;
}
