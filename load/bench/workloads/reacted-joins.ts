import { randomUUID } from "node:crypto";
import { JOIN_MESSAGES } from "../../../app/protocol/limits.ts";
import type { SendData } from "../../../app/protocol/message.ts";
import { usageOf } from "../../kit/process-usage.ts";
import { watchConditions } from "../measure/conditions.ts";
import { bodyOf } from "../members/body.ts";
import { Requester } from "../members/requester.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { openConnection } from "../protocols/socket-io.ts";
import { EMOJI } from "./changes.ts";
import type { RunPlan, RunResult, Workload } from "./workload.ts";

const PEOPLE = 20;
/** Each of the people reacts to each message with one of these. */
const KINDS = 4;
/** Joins of each of the people in a row, before the other room's turn. */
const JOINS = 10;
const TURNS = 10;
const QUICK_TURNS = 4;
const ROOMS = { plain: "bench-plain", reacted: "bench-reacted" } as const;
type Room = keyof typeof ROOMS;

export const reactedJoins: Workload = {
	id: "reacted-joins",
	title: "Joins of a room whose newest 50 messages have 20 reactions each, and of one without reactions",
	metrics: ["cpuUsPerJoin", "bytesPerJoin", "bytesToPlain", "cpuToPlain"],
	measuresNoise: true,
	isOursOnly: true,
	run: async (peer, plan) => [await compareJoins(peer, plan)],
};

/** Lets people on open connections join one room and then the other, again and again. */
export async function compareJoins(peer: Peer, plan: RunPlan): Promise<RunResult> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions!(server.url, PEOPLE);
	const people: Requester[] = [];
	try {
		for (const token of tokens) people.push(new Requester(await openConnection(server.port, { token })));
		for (const room of Object.values(ROOMS)) await fill(people, room, room === ROOMS.reacted);
		const totals = { plain: { cpuUs: 0, bytes: 0, joins: 0 }, reacted: { cpuUs: 0, bytes: 0, joins: 0 } };
		const watched = watchConditions(server.pid);
		const turns = plan.attempts > 1 ? TURNS : QUICK_TURNS;
		for (let turn = 0; turn <= turns; turn++) {
			for (const room of Object.keys(ROOMS) as Room[]) {
				const before = usageOf(server.pid).cpuUs;
				const bytes = await Promise.all(people.map((person) => joinRepeatedly(person, ROOMS[room], JOINS)));
				// The first turn compiles the server's code.
				if (turn === 0) continue;
				totals[room].cpuUs += usageOf(server.pid).cpuUs - before;
				totals[room].bytes += bytes.reduce((sum, one) => sum + one, 0);
				totals[room].joins += people.length * JOINS;
			}
		}
		const { plain, reacted } = totals;
		return {
			verdict: "verified",
			conditions: watched(),
			metrics: {
				cpuUsPerJoin: reacted.cpuUs / reacted.joins,
				bytesPerJoin: reacted.bytes / reacted.joins,
				bytesToPlain: reacted.bytes / plain.bytes,
				cpuToPlain: reacted.cpuUs / plain.cpuUs,
			},
		};
	} finally {
		for (const person of people) person.close();
	}
}

/** Sends the messages of a room and, if asked for, lets everybody react to each. */
async function fill(people: readonly Requester[], room: string, withReactions: boolean): Promise<void> {
	for (const person of people) await person.request("room:join", { room });
	for (let n = 0; n < JOIN_MESSAGES; n++) {
		const message = { room, clientId: randomUUID(), body: bodyOf(n) };
		const { data } = await people[n % PEOPLE]!.request("message:send", message);
		const { seq: target } = data as SendData;
		if (!withReactions) continue;
		const reactions = people.map((person, index) => {
			const reaction = { room, target, clientId: randomUUID(), emoji: EMOJI[index % KINDS], on: true };
			return person.request("reaction:set", reaction);
		});
		await Promise.all(reactions);
	}
	for (const person of people) await person.request("room:leave", { room });
}

/** Returns the bytes of the acks. */
async function joinRepeatedly(person: Requester, room: string, times: number): Promise<number> {
	let sum = 0;
	for (let join = 0; join < times; join++) {
		sum += (await person.request("room:join", { room })).bytes;
		await person.request("room:leave", { room });
	}
	return sum;
}
