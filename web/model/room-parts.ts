import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Entry } from "../../app/protocol/log.ts";
import { isPrivateName } from "../../app/protocol/private-room.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { Arrivals } from "./arrivals.ts";
import { CatchUp } from "./catch-up.ts";
import { Conversation } from "./conversation.ts";
import { HistoryLoader } from "./history-loader.ts";
import type { JoinRequests } from "./join-requests.ts";
import { Jump } from "./jump.ts";
import type { Outbox } from "./outbox.ts";
import { PresenceList } from "./presence-list.ts";
import { ReadMark, type ReadMarkOptions } from "./read-mark.ts";
import { createRoomInfo } from "./room-info.ts";
import { RoomMembership } from "./room-membership.ts";
import { RoomTimeline } from "./room-timeline.ts";
import { Typing } from "./typing.ts";

export type JoinedRoomOptions = {
	name: string;
	me: User;
	connection: ServerConnection;
	requests: JoinRequests;
	outbox: Outbox;
	draft: Signal<string>;
	/** Called when the user is no longer a member of the private room; `by` is not known after an absence. */
	onRemoved(by?: User): void;
} & Pick<ReadMarkOptions, "read" | "onRead">;

/** What the parts of a room need of it. They call it once all of them exist. */
type RoomHooks = {
	/** Changes when the items to draw may have changed. */
	revision: ReadonlySignal<number>;
	onJoined(data: JoinData): void;
	/** Called with entries that were missed. */
	onEntries(entries: readonly Entry[]): void;
	/** Called when the items to draw may have changed. */
	onChange(): void;
	/** Joins again, for what the room is now. */
	rejoin(): void;
};

/** Creates the parts of one room, each with what it needs of the others. */
export function createRoomParts(options: JoinedRoomOptions, hooks: RoomHooks) {
	const { name, me, connection, requests, outbox } = options;
	const { revision, onJoined, onEntries, onChange, rejoin } = hooks;
	const timeline = new RoomTimeline(me.id);
	const membership = new RoomMembership({
		room: name,
		requests,
		cursor: () => timeline.cursor,
		onJoined,
		onRefused({ code }) {
			outbox.pause(name);
			if (isPrivateName(name) && code === "not_found") options.onRemoved();
		},
	});
	const isLive = () => membership.isLive;
	const catchUp = new CatchUp({
		room: name,
		connection,
		head: () => timeline.cursor?.seq ?? 0,
		hasGap: () => timeline.hasGap,
		receive: onEntries,
		giveUp: rejoin,
	});
	const history = new HistoryLoader({ room: name, connection, window: timeline.window, onChange });
	const presence = new PresenceList({
		me: me.id,
		refresh: rejoin,
		onChange: (user, change) => timeline.addPresence(user, change),
	});
	return {
		timeline,
		membership,
		catchUp,
		history,
		presence,
		readMark: new ReadMark({ ...options, timeline, history, isLive, onChange }),
		jump: new Jump(history, timeline.window),
		conversation: new Conversation({
			room: name,
			me,
			connection,
			outbox,
			timeline,
			presence: presence.presence,
			isLive,
			revision,
			onChange,
		}),
		typing: new Typing(me.id, (event) => connection.emit(event, { room: name })),
		arrivals: new Arrivals(me.id),
		info: createRoomInfo(options),
	};
}
