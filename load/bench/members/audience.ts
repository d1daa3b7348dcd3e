import type { Wire } from "../wire/wire.ts";
import { inParallel } from "./in-parallel.ts";
import { joinBare, joinWithClient, type Member, type Speaker } from "./member.ts";
import { Room } from "./room.ts";
import { Tally } from "./tally.ts";
import { Timeline } from "./timeline.ts";

/** So many of the members use a full client: enough to see that one gets the same, few enough to leave the generator its core. */
const CLIENT_SHARE = 0.02;
/** How many speak in all, or one in every room where there are more rooms. */
const SPEAKERS = 8;
const JOINS_AT_A_TIME = 128;

export type Seating = { rooms: number; membersPerRoom: number };

/** All the members of a run, and what they heard. */
export type Audience = {
	rooms: readonly Room[];
	/** By room. */
	speakers: readonly (readonly Speaker[])[];
	timeline: Timeline;
	tally: Tally;
	close(): void;
};

/** As {@link seat}, with bare lines only: for when the joins themselves are what is measured. */
export function seatBare(wire: Wire, port: number, seating: Seating, tokens?: readonly string[]): Promise<Audience> {
	return seat(wire, port, seating, tokens, 0);
}

/** Connects everybody; `tokens` holds one for each member, where the server asks for them. Leaves nobody behind if one fails. */
export async function seat(
	wire: Wire,
	port: number,
	seating: Seating,
	tokens?: readonly string[],
	clientShare = CLIENT_SHARE,
): Promise<Audience> {
	const timeline = new Timeline();
	const tally = new Tally(timeline);
	const rooms = Array.from({ length: seating.rooms }, (_, i) => new Room(`bench-${i}`, tally));
	const speakersPerRoom = Math.max(1, Math.floor(SPEAKERS / seating.rooms));
	const clientsPerRoom = Math.round(seating.membersPerRoom * clientShare);
	const speakers: Speaker[][] = rooms.map(() => []);
	const members: Member[] = [];
	const close = () => {
		for (const member of members.splice(0)) member.close();
	};

	try {
		await inParallel(seating.rooms * seating.membersPerRoom, JOINS_AT_A_TIME, async (i) => {
			const room = rooms[i % seating.rooms]!;
			const seatInRoom = Math.floor(i / seating.rooms);
			const token = tokens?.[i];
			if (seatInRoom >= seating.membersPerRoom - clientsPerRoom) {
				members.push(await joinWithClient(wire, port, room, tally, token));
				return;
			}
			const member = await joinBare(wire, port, room, tally, token);
			members.push(member);
			if (seatInRoom < speakersPerRoom) speakers[i % seating.rooms]!.push(member);
		});
	} catch (error) {
		close();
		throw error;
	}
	return { rooms, speakers, timeline, tally, close };
}
