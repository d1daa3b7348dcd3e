import { randomUUID } from "node:crypto";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

const USERS = 10;
const PER_USER_PER_S = 200;
/** The default limits (L1). One more second is for what was in flight. */
const REACTIONS = { burst: 40, perS: 5 };
const EDITS = { burst: 20, perS: 2 };
const BODY_CHARS = 4_000;
/** As many different ones as a message may have, and more. */
const EMOJI = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔😕😖😗"];

/** Sends a message to the bystanders' room, which has to be accepted, and returns its seq. */
async function send({ room }: AttackRun, client: PacketClient, body: string): Promise<number> {
	const ack = await client.request("message:send", { room, clientId: randomUUID(), body });
	if (!ack?.ok) throw new Error(`An attacker could not send: ${ack?.error.message ?? "the connection was closed"}`);
	return (ack.data as { seq: number }).seq;
}

export const reactionFlood: Attack = {
	id: "reactions",
	title: "10 users who set and withdraw reactions to one message 200 times a second each, in the bystanders' room",
	expected: "5 a second of each accepted, the rest refused",
	unit: "reactions",
	growthMiB: 96,
	maxAccepted: (seconds) => USERS * (REACTIONS.burst + REACTIONS.perS * (seconds + 1)),
	async run(attack) {
		const { counts, room, random, onAck } = attack;
		const clients = await attack.join(await attack.signIn(USERS), 1, room);
		const target = await send(attack, clients[0]!, "what do you think?");
		attack.begin();
		await attack.atRate(clients.length * PER_USER_PER_S, () => {
			const client = clients[counts.tried++ % clients.length]!;
			const change = { emoji: random.pick(EMOJI), on: random.chance(0.5) };
			client.emit("reaction:set", { room, target, clientId: randomUUID(), ...change }, onAck);
		});
	},
};

export const editFlood: Attack = {
	id: "edits",
	title:
		"10 users who edit a message of 4,000 characters 200 times a second each, in the bystanders' room: each edit empties the write-ahead log",
	expected: "2 a second of each accepted, the rest refused",
	unit: "edits",
	growthMiB: 128,
	maxAccepted: (seconds) => USERS * (EDITS.burst + EDITS.perS * (seconds + 1)),
	async run(attack) {
		const { counts, room, onAck } = attack;
		const clients = await attack.join(await attack.signIn(USERS), 1, room);
		const targets: number[] = [];
		for (const client of clients) targets.push(await send(attack, client, "first".padEnd(BODY_CHARS, "x")));
		attack.begin();
		await attack.atRate(clients.length * PER_USER_PER_S, () => {
			const number = counts.tried++ % clients.length;
			const body = `${counts.tried} `.padEnd(BODY_CHARS, "x");
			clients[number]!.emit("message:edit", { room, target: targets[number], clientId: randomUUID(), body }, onAck);
		});
	},
};
