import type { Attack } from "./attack.ts";
import { editFlood, reactionFlood } from "./changes.ts";
import { connectAndLeave, connectionsOfAddress, connectionsOfMany } from "./connections.ts";
import { costSearch } from "./costs.ts";
import { eventFuzz } from "./events.ts";
import { unackedHandshakes } from "./handshakes.ts";
import { invitationGuesses, oddRequests, passkeyFlood, rawRequests, requestFlood, signInFlood } from "./http.ts";
import { bannedPhrase, longNames } from "./long-texts.ts";
import { manyUsers, messageFlood } from "./message-flood.ts";
import { noEvents, packetFlood } from "./packet-flood.ts";
import { giantPayloads } from "./payloads.ts";
import { pipelinedHandshakes, pipelinedRequests } from "./pipelining.ts";
import { pollingGarbage } from "./polling.ts";
import { rawFrames, unreadPings } from "./raw-frames.ts";
import { reactedRoom } from "./reacted-room.ts";
import { pageFlood, readFlood, slowReaders, unboundedControl } from "./readers.ts";
import { reportFlood } from "./reports.ts";
import { roomList } from "./room-list.ts";
import { joinsAndLeaves, newRooms, typingFlood } from "./rooms.ts";
import { slowBodies, slowHeaders } from "./slow-loris.ts";
import { oddUploads, slowUploads } from "./uploads.ts";

/** All attacks in the order in which they run. The control comes first: without it the others prove nothing. */
export const ATTACKS: readonly Attack[] = [
	unboundedControl,
	messageFlood,
	manyUsers,
	reactionFlood,
	editFlood,
	packetFlood,
	noEvents,
	connectionsOfAddress,
	connectionsOfMany,
	connectAndLeave,
	unackedHandshakes,
	pipelinedHandshakes,
	pipelinedRequests,
	slowHeaders,
	slowBodies,
	newRooms,
	joinsAndLeaves,
	typingFlood,
	reportFlood,
	longNames,
	bannedPhrase,
	slowReaders,
	readFlood,
	pageFlood,
	reactedRoom,
	roomList,
	giantPayloads,
	rawFrames,
	unreadPings,
	pollingGarbage,
	signInFlood,
	invitationGuesses,
	passkeyFlood,
	requestFlood,
	oddRequests,
	rawRequests,
	slowUploads,
	oddUploads,
	eventFuzz,
	costSearch,
];
