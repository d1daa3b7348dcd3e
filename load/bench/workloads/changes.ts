import { setTimeout as sleep } from "node:timers/promises";
import { REACTION_KINDS } from "../../../app/protocol/limits.ts";
import { usageOf } from "../../kit/process-usage.ts";
import { watchConditions } from "../measure/conditions.ts";
import { bodyOf } from "../members/body.ts";
import { memberName } from "../members/member.ts";
import { type BenchMembers, connectMembers } from "../members/members.ts";
import type { RoomVerifier } from "../members/room-verifier.ts";
import { type Send, startTraffic } from "../members/traffic.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { editText, reactionBody, reactionText } from "../protocols/hubbub.ts";
import type { Load } from "./loads.ts";
import { verdictOf, waitForDeliveries } from "./wait-for-deliveries.ts";
import type { Metric, RunPlan, RunResult } from "./workload.ts";

export const CHANGE_METRICS: readonly Metric[] = ["cpuUsPerDelivery", "reactionsToMessages", "editsToMessages"];

const KINDS = ["messages", "reactions", "edits"] as const;
type Kind = (typeof KINDS)[number];
/** They take turns so often: the noise of the machine then affects all alike. */
const TURNS = 4;
/** Messages of each sender that it changes in turn. */
const TARGETS = 25;
export const EMOJI = [..."👍🎉😂😮😢😡🔥🙏👀🚀💯🤔😍🥳👏😅🙌😎😱😴"].slice(0, REACTION_KINDS);

type Total = { cpuUs: number; delivered: number };

/**
 * Sends messages, reactions and edits at the same rate in turn, and compares the CPU time of a delivery. Every delivery is
 * verified.
 */
export async function runChanges(peer: Peer, load: Omit<Load, "title">, plan: RunPlan): Promise<RunResult> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions?.(server.url, load.rooms * load.membersPerRoom);
	const members = await connectMembers(peer.protocol, server.port, load, tokens, 0);
	try {
		const targets = await sendTargets(members, plan.drainMs);
		const changes = new Changes(targets);
		const totals: Record<Kind, Total> = {
			messages: { cpuUs: 0, delivered: 0 },
			reactions: { cpuUs: 0, delivered: 0 },
			edits: { cpuUs: 0, delivered: 0 },
		};
		let conditions: RunResult["conditions"];
		for (let turn = 0; turn <= TURNS; turn++) {
			// The first turn compiles the server's code.
			const durationMs = turn === 0 ? plan.warmUpMs : (2 * plan.measureMs) / TURNS;
			const watched = watchConditions(server.pid);
			for (const kind of rotated(KINDS, turn)) {
				const total = await measure(members, load.messagesPerS, changes.send(kind), server.pid, durationMs, plan);
				if ("verdict" in total) return { ...total, metrics: {} };
				if (turn === 0) continue;
				totals[kind].cpuUs += total.cpuUs;
				totals[kind].delivered += total.delivered;
			}
			conditions = watched();
		}
		const verification = await waitForDeliveries(members, peer.protocol.acks, plan.drainMs);
		const costOf = ({ cpuUs, delivered }: Total) => cpuUs / delivered;
		return {
			...verdictOf(verification, plan.drainMs),
			...(conditions && { conditions }),
			metrics: {
				cpuUsPerDelivery: costOf(totals.messages),
				reactionsToMessages: costOf(totals.reactions) / costOf(totals.messages),
				editsToMessages: costOf(totals.edits) / costOf(totals.messages),
			},
		};
	} finally {
		members.close();
	}
}

/** Measures from the first send to the last delivery. Resolves with a verdict if there were deliveries missing. */
async function measure(
	members: BenchMembers,
	rate: number,
	send: Send | undefined,
	pid: number,
	durationMs: number,
	plan: RunPlan,
): Promise<Total | Pick<RunResult, "verdict" | "why">> {
	const { counter } = members;
	const before = { cpuUs: usageOf(pid).cpuUs, delivered: counter.delivered };
	const stopTraffic = startTraffic(members, rate, send);
	await sleep(durationMs);
	stopTraffic();
	const verification = await waitForDeliveries(members, false, plan.drainMs);
	if (verification.missing > 0) return verdictOf(verification, plan.drainMs);
	return { cpuUs: usageOf(pid).cpuUs - before.cpuUs, delivered: counter.delivered - before.delivered };
}

/** Sends the messages that will be changed. Returns their seqs by room and sender. */
export async function sendTargets(
	members: BenchMembers,
	drainMs: number,
	perSender = TARGETS,
): Promise<Map<RoomVerifier, number[][]>> {
	const { rooms, senders, sent } = members;
	const numbers = rooms.map((room, index) =>
		senders[index]!.map((sender, inRoom) =>
			Array.from({ length: perSender }, () => {
				const n = sent.add(performance.now(), room, inRoom);
				sender.send(n);
				return n;
			}),
		),
	);
	const { missing } = await waitForDeliveries(members, false, drainMs);
	if (missing > 0) throw new Error("The first messages did not arrive.");
	// The room was empty: the place of an entry in its log is its seq.
	return new Map(
		rooms.map((room, index) => {
			const seqs = new Map(room.order.map((n, position) => [n, position + 1]));
			return [room, numbers[index]!.map((ofSender) => ofSender.map((n) => seqs.get(n)!))];
		}),
	);
}

/** Sends changes of the senders' own messages, each of them different from the state before. */
class Changes {
	readonly #targets: ReadonlyMap<RoomVerifier, readonly (readonly number[])[]>;
	readonly #rooms: readonly RoomVerifier[];
	/** The number of changes of each kind that a sender has sent, by its messages. */
	readonly #sent = { reactions: new Map<readonly number[], number>(), edits: new Map<readonly number[], number>() };

	constructor(targets: ReadonlyMap<RoomVerifier, readonly (readonly number[])[]>) {
		this.#targets = targets;
		this.#rooms = [...targets.keys()];
	}

	/** Undefined for messages. */
	send(kind: Kind): Send | undefined {
		if (kind === "messages") return undefined;
		return (sender, n, room, inRoom) => {
			const own = this.#targets.get(room)![inRoom]!;
			const count = this.#sent[kind].get(own) ?? 0;
			this.#sent[kind].set(own, count + 1);
			const target = own[count % own.length]!;
			if (kind === "edits") return sender.request(editText(room.name, target, bodyOf(n)));
			const turn = Math.floor(count / own.length);
			// All emoji are set, then all are withdrawn.
			const on = Math.floor(turn / EMOJI.length) % 2 === 0;
			const reaction = { target, emoji: EMOJI[turn % EMOJI.length]!, on };
			const member = inRoom * this.#rooms.length + this.#rooms.indexOf(room);
			room.changes.set(reactionBody(memberName(member), reaction), n);
			sender.request(reactionText(room.name, reaction));
		};
	}
}

function rotated<T>(items: readonly T[], by: number): T[] {
	return items.map((_, index) => items[(index + by) % items.length]!);
}
