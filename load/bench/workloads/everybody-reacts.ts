import { setTimeout as sleep } from "node:timers/promises";
import type { AroundData } from "../../../app/protocol/message.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { Latency } from "../../kit/latency.ts";
import { eventPacket } from "../../kit/wire.ts";
import { watchConditions } from "../measure/conditions.ts";
import { memberName } from "../members/member.ts";
import { type BenchMembers, connectMembers } from "../members/members.ts";
import type { RoomVerifier } from "../members/room-verifier.ts";
import { type Send, startTraffic } from "../members/traffic.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { reactionBody, reactionText } from "../protocols/hubbub.ts";
import { expectAck, openConnection } from "../protocols/socket-io.ts";
import { EMOJI, sendTargets } from "./changes.ts";
import { verdictOf, waitForDeliveries } from "./wait-for-deliveries.ts";
import type { RunPlan, RunResult, Workload } from "./workload.ts";

const PEOPLE = 1_000;
/** People react with these. */
const KINDS = 5;
const PER_S = 100;

export const everybodyReacts: Workload = {
	id: "everybody",
	title: "One room of 1,000 who all react to one message within 10 s, and as many messages",
	metrics: ["p99Ms", "p99ReactionsMs", "p99ToMessages"],
	measuresNoise: true,
	isOursOnly: true,
	run: async (peer, plan) => [await everybody(peer, PEOPLE, plan)],
};

/** Measures the latency of messages before and after that of the reactions, one of each member. */
export async function everybody(peer: Peer, people: number, plan: RunPlan): Promise<RunResult> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions!(server.url, people + 1);
	const layout = { rooms: 1, membersPerRoom: people };
	const members = await connectMembers(peer.protocol, server.port, layout, tokens, 0, people);
	try {
		const [target] = (await sendTargets({ ...members, senders: [members.senders[0]!.slice(0, 1)] }, plan.drainMs, 1))
			.values()
			.next().value![0]!;
		const reactionsMs = (people / PER_S) * 1_000;
		await traffic(members, undefined, plan.warmUpMs, plan);
		const watched = watchConditions(server.pid);
		const messages = await traffic(members, undefined, reactionsMs / 2, plan);
		const reactions = await traffic(members, reactOnce(target!, people), reactionsMs, plan);
		messages.add((await traffic(members, undefined, reactionsMs / 2, plan)).take());
		const conditions = watched();
		const verification = await waitForDeliveries(members, peer.protocol.acks, plan.drainMs);
		const wrong = await wrongCounts(server.port, tokens[people]!, members.rooms[0]!, target!);
		const [p99Ms, p99ReactionsMs] = [messages.percentile(99), reactions.percentile(99)];
		return {
			...verdictOf({ ...verification, fault: verification.fault ?? wrong }, plan.drainMs),
			conditions,
			metrics: { p99Ms, p99ReactionsMs, p99ToMessages: p99ReactionsMs / p99Ms },
		};
	} finally {
		members.close();
	}
}

async function traffic(
	members: BenchMembers,
	send: Send | undefined,
	durationMs: number,
	{ drainMs }: RunPlan,
): Promise<Latency> {
	const latency = members.counter.startTiming();
	const stopTraffic = startTraffic(members, PER_S, send);
	await sleep(durationMs);
	stopTraffic();
	await waitForDeliveries(members, false, drainMs);
	return latency;
}

/** Lets each sender react once, in turn. */
function reactOnce(target: number, people: number): Send {
	let count = 0;
	return (sender, n, room, inRoom) => {
		// The last one is due when the time is over.
		if (count++ >= people) return sender.send(n);
		const reaction = { target, emoji: EMOJI[inRoom % KINDS]!, on: true };
		room.changes.set(reactionBody(memberName(inRoom), reaction), n);
		sender.request(reactionText(room.name, reaction));
	};
}

/**
 * Returns why the counts that the server has are not those of the entries, which every member has received; undefined if
 * they are.
 */
async function wrongCounts(
	port: number,
	token: string,
	{ name, changes }: RoomVerifier,
	target: number,
): Promise<string | undefined> {
	const connection = await openConnection(port, { token });
	connection.send(eventPacket(0, "room:join", { room: name }));
	await expectAck(connection, 0);
	connection.send(eventPacket(1, "message:around", { room: name, seq: target }));
	const [ack] = (await expectAck(connection, 1)) as [Ack<AroundData>];
	connection.close();
	if (!ack.ok) return `The message was not read: ${ack.error.message}`;
	const { reactions = [] } = ack.data.messages.find(({ seq }) => seq === target) ?? {};
	for (const emoji of EMOJI.slice(0, KINDS)) {
		const expected = changes
			.keys()
			.filter((reaction) => reaction.includes(emoji))
			.toArray().length;
		const count = reactions.find((reaction) => reaction.emoji === emoji)?.count ?? 0;
		if (count !== expected) return `The server counts ${count} times ${emoji}, and every member ${expected}.`;
	}
	return undefined;
}
