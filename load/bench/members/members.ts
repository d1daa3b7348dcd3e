import type { ChatProtocol } from "../protocols/protocol.ts";
import { DeliveryCounter } from "./delivery-counter.ts";
import { inParallel } from "./in-parallel.ts";
import { connectClient, connectRaw, type Member, type Sender } from "./member.ts";
import { RoomVerifier } from "./room-verifier.ts";
import { SentMessages } from "./sent-messages.ts";

/** Share of the members that use a full client: enough for a comparison, few enough for the generator's one core. */
const CLIENT_SHARE = 0.02;
/** Number of senders in all; one in each room if there are more rooms. */
const SENDERS = 8;
const CONCURRENT_JOINS = 128;

export type RoomLayout = { rooms: number; membersPerRoom: number };

/** All members of a run, and what they sent and received. */
export type BenchMembers = {
	rooms: readonly RoomVerifier[];
	/** By room, in the order of the tokens. */
	senders: readonly (readonly Sender[])[];
	sent: SentMessages;
	counter: DeliveryCounter;
	close(): void;
};

/**
 * Connects all members and joins them to their rooms. `tokens` has one for each member if the server requires sessions.
 * Closes all connections before it rejects.
 */
export async function connectMembers(
	protocol: ChatProtocol,
	port: number,
	layout: RoomLayout,
	tokens?: readonly string[],
	clientShare = CLIENT_SHARE,
	sendersPerRoom = Math.max(1, Math.floor(SENDERS / layout.rooms)),
): Promise<BenchMembers> {
	const sent = new SentMessages();
	const counter = new DeliveryCounter(sent);
	const rooms = Array.from({ length: layout.rooms }, (_, i) => new RoomVerifier(`bench-${i}`, counter));
	const clientsPerRoom = Math.round(layout.membersPerRoom * clientShare);
	const senders: Sender[][] = rooms.map(() => []);
	const members: Member[] = [];
	const close = () => {
		for (const member of members.splice(0)) member.close();
	};

	try {
		await inParallel(layout.rooms * layout.membersPerRoom, CONCURRENT_JOINS, async (i) => {
			const room = rooms[i % layout.rooms]!;
			const indexInRoom = Math.floor(i / layout.rooms);
			const token = tokens?.[i];
			if (indexInRoom >= layout.membersPerRoom - clientsPerRoom) {
				members.push(await connectClient(protocol, port, room, counter, token));
				return;
			}
			const member = await connectRaw(protocol, port, room, counter, token);
			members.push(member);
			if (indexInRoom < sendersPerRoom) senders[i % layout.rooms]![indexInRoom] = member;
		});
	} catch (error) {
		close();
		throw error;
	}
	return { rooms, senders, sent, counter, close };
}
