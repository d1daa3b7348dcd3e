import type { Attack } from "./attack.ts";
import { connectAndLeave, connectionsOfAddress, connectionsOfMany } from "./connections.ts";
import { eventFuzz } from "./events.ts";
import { unackedHandshakes } from "./handshakes.ts";
import { oddRequests, rawRequests, requestFlood, signInFlood } from "./http.ts";
import { manyUsers, messageFlood } from "./message-flood.ts";
import { packetFlood } from "./packet-flood.ts";
import { giantPayloads } from "./payloads.ts";
import { pollingGarbage } from "./polling.ts";
import { rawFrames, unreadPings } from "./raw-frames.ts";
import { readFlood, slowReaders, unboundedControl } from "./readers.ts";
import { joinsAndLeaves, newRooms, typingFlood } from "./rooms.ts";
import { slowBodies, slowHeaders } from "./slow-loris.ts";

/** All attacks in the order in which they run. The control comes first: without it the others prove nothing. */
export const ATTACKS: readonly Attack[] = [
	unboundedControl,
	messageFlood,
	manyUsers,
	packetFlood,
	connectionsOfAddress,
	connectionsOfMany,
	connectAndLeave,
	unackedHandshakes,
	slowHeaders,
	slowBodies,
	newRooms,
	joinsAndLeaves,
	typingFlood,
	slowReaders,
	readFlood,
	giantPayloads,
	rawFrames,
	unreadPings,
	pollingGarbage,
	signInFlood,
	requestFlood,
	oddRequests,
	rawRequests,
	eventFuzz,
];
