import { randomUUID } from "node:crypto";
import { JOIN_MESSAGES, MAX_JOINS } from "../../../app/protocol/limits.ts";
import type { JoinData, JoinPayload, JoinsData } from "../../../app/protocol/room.ts";
import { usageOf } from "../../kit/process-usage.ts";
import { watchConditions } from "../measure/conditions.ts";
import { bodyOf } from "../members/body.ts";
import { Requester } from "../members/requester.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { openConnection } from "../protocols/socket-io.ts";
import type { RunPlan, RunResult, Workload } from "./workload.ts";

const PEOPLE = 10;
const ROOMS = Array.from({ length: MAX_JOINS }, (_, index) => `bench-rejoined-${index}`);
/** Rejoins of all rooms by each of the people in a row, before the other way's turn. */
const REJOINS = 10;
const TURNS = 10;
const QUICK_TURNS = 4;

/** `resumed`: with a cursor, as after a lost connection. `reloaded`: without one, as after a reload. */
const CASES = ["resumed", "reloaded"] as const;
const WAYS = ["apart", "together"] as const;
type Case = (typeof CASES)[number];
type Way = (typeof WAYS)[number];

export const rejoins: Workload = {
	id: "rejoins",
	title: `Joining ${MAX_JOINS} rooms of ${JOIN_MESSAGES} messages again: in one request, and in one request each, all at once`,
	metrics: ["cpuUsPerJoin", "resumedTogether", "reloadedTogether"],
	measuresNoise: true,
	isOursOnly: true,
	run: async (peer, plan) => [await compareRejoins(peer, plan)],
};

/** Lets people on open connections join all their rooms again, in one way and in the other. */
export async function compareRejoins(peer: Peer, plan: RunPlan): Promise<RunResult> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions!(server.url, PEOPLE);
	const people: Requester[] = [];
	try {
		for (const token of tokens) people.push(new Requester(await openConnection(server.port, { token })));
		for (const room of ROOMS) await fill(people, room);
		const rooms: Record<Case, JoinPayload[]> = {
			reloaded: ROOMS.map((room) => ({ room })),
			resumed: await Promise.all(ROOMS.map((room) => cursorOf(people[0]!, room))),
		};
		const cpuUs = { resumed: { apart: 0, together: 0 }, reloaded: { apart: 0, together: 0 } };
		const watched = watchConditions(server.pid);
		const turns = plan.attempts > 1 ? TURNS : QUICK_TURNS;
		for (let turn = 0; turn <= turns; turn++) {
			for (const one of CASES) {
				for (const way of WAYS) {
					const before = usageOf(server.pid).cpuUs;
					await Promise.all(people.map((person) => rejoinRepeatedly(person, rooms[one], way)));
					// The first turn compiles the server's code.
					if (turn > 0) cpuUs[one][way] += usageOf(server.pid).cpuUs - before;
				}
			}
		}
		const { resumed, reloaded } = cpuUs;
		return {
			verdict: "verified",
			conditions: watched(),
			metrics: {
				cpuUsPerJoin: reloaded.apart / (turns * PEOPLE * REJOINS * ROOMS.length),
				resumedTogether: resumed.together / resumed.apart,
				reloadedTogether: reloaded.together / reloaded.apart,
			},
		};
	} finally {
		for (const person of people) person.close();
	}
}

async function fill(people: readonly Requester[], room: string): Promise<void> {
	for (const person of people) await person.request("room:join", { room });
	for (let n = 0; n < JOIN_MESSAGES; n++) {
		const message = { room, clientId: randomUUID(), body: bodyOf(n) };
		await people[n % PEOPLE]!.request("message:send", message);
	}
}

async function cursorOf(person: Requester, room: string): Promise<JoinPayload> {
	const { epoch, seq } = (await person.request("room:join", { room })).data as JoinData;
	return { room, after: { epoch, seq } };
}

async function rejoinRepeatedly(person: Requester, rooms: readonly JoinPayload[], way: Way): Promise<void> {
	for (let times = 0; times < REJOINS; times++) {
		if (way === "apart") await Promise.all(rooms.map((room) => person.request("room:join", room)));
		else await rejoinTogether(person, rooms);
	}
}

/** Requests again the rooms that did not fit into an ack, as clients do. */
async function rejoinTogether(person: Requester, rooms: readonly JoinPayload[]): Promise<void> {
	for (let left = rooms; left.length > 0; ) {
		const acks = (await person.request("rooms:join", { rooms: left })).data as JoinsData;
		left = left.filter((_, index) => !acks[index]!.ok);
	}
}
