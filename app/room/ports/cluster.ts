/** The other processes of the same chat, as the domain needs them. `cluster/` implements {@link Cluster}. */
import type { Cursor, Entry } from "../../protocol/log.ts";
import type { User } from "../../protocol/session.ts";
import type { ModerationCommand } from "./moderation.ts";

/** Published to the processes that follow a room. */
export type RoomEvent =
	/** Entries that the sender committed, ascending and consecutive. */
	| { kind: "appended"; entries: Entry[] }
	/** The users who are typing on connections of the sender, a few at most. */
	| { kind: "typing"; users: User[] }
	/** The read mark of a user was moved on the sender. */
	| { kind: "read"; user: string; moved: Cursor & { back?: true | undefined } };

/** Published to all processes. */
export type ClusterEvent =
	| { kind: "notice"; text: string; createdAt: number }
	| { kind: "room_removed"; room: string }
	| { kind: "session_revoked"; sessionId: string; expiresAt: number }
	/** These users have become members of a private room. */
	| { kind: "room_added"; room: string; users: string[] }
	/** Roles, the access or users changed in the store. */
	| { kind: "people_changed" }
	/** A moderation command. The field names are those of the messages in Redis. */
	| { kind: "ordered"; order: ModerationCommand };

/** A user's place in a room, with the skeletons of the name (rule R2). */
export type RoomPlace = { user: User; skeletons: readonly string[] };

/** Receives cluster messages, possibly duplicated or late. Handlers are idempotent. */
export interface ClusterEventHandler {
	/** `sender` identifies the process. */
	onRoomEvent(room: string, event: RoomEvent, sender: string): void;
	onClusterEvent(event: ClusterEvent): void;
	/** Called when a user enters or leaves a room on another process. */
	onPersonEvent(room: string, user: User, isElsewhere: boolean): void;
	/** Called with the complete list of users who are in a room on other processes. */
	onPeople(room: string, users: User[]): void;
	/** Called with the time from the publishing of a message to its receipt, in milliseconds. */
	onPublishLag(ms: number): void;
	/** Called when the cluster is reachable again. Messages published meanwhile are lost. */
	onReconnected(): void;
}

/**
 * Publishes to the other processes of the same chat: at most once, without waiting. While they are unreachable messages
 * are dropped; the durable state is in the store.
 */
export interface Cluster {
	/** Whether the other processes are reachable; undefined in a chat of one process. */
	readonly isConnected: boolean | undefined;
	/** Sets the receiver of all messages. Called once, before any other method. */
	listen(handler: ClusterEventHandler): void;
	/** Subscribes to a room. Resolves when later messages are received, or when the cluster is unreachable. */
	follow(room: string): Promise<void>;
	/** Calls the handler's `onPeople` for the room. Resolves afterwards, or when the cluster is unreachable. */
	fetchPeople(room: string): Promise<void>;
	/** Unsubscribes from a room and gives up every place that this process has in it. */
	unfollow(room: string): void;
	publishToRoom(room: string, event: RoomEvent): void;
	publishToAll(event: ClusterEvent): void;
	/**
	 * Takes a place in a room. Returns false where another user on another process has a name with the same skeleton (rule
	 * R2). While the cluster is unreachable it returns true.
	 */
	enter(room: string, place: RoomPlace): Promise<boolean>;
	/** Gives up a place. */
	exit(room: string, userId: string): void;
	/** Returns the number of people in each room, on all processes; undefined while the cluster is unreachable. */
	counts(rooms: readonly string[]): Promise<number[] | undefined>;
	close(): Promise<void>;
}
