import { randomUUID } from "node:crypto";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

/** Just below the rate of packets at which a connection is closed. */
const PER_CONNECTION_PER_S = 900;
/** The default limits (L1), and one more second for what was in flight. */
const BURST = 20;
const PER_S = 5;

export const messageFlood: Attack = {
	id: "messages",
	title: "10 connections of one user, each 900 messages a second, in the bystanders' room",
	expected: "5 a second accepted, the rest refused",
	unit: "messages",
	growthMiB: 96,
	maxAccepted: (seconds) => BURST + PER_S * (seconds + 1),
	async run(attack) {
		await flood(attack, await attack.join(await attack.signIn(1), 10, attack.room), PER_CONNECTION_PER_S);
	},
};

const USERS = 10;

export const manyUsers: Attack = {
	id: "many-users",
	title: "as many users as one address may sign in, each 100 messages a second, in the bystanders' room",
	expected: "5 a second of each accepted, the rest refused",
	unit: "messages",
	growthMiB: 96,
	maxAccepted: (seconds) => USERS * (BURST + PER_S * (seconds + 1)),
	async run(attack) {
		await flood(attack, await attack.join(await attack.signIn(USERS), 1, attack.room), 100);
	},
};

async function flood(attack: AttackRun, clients: readonly PacketClient[], perClientPerS: number): Promise<void> {
	const { counts, room, onAck } = attack;
	await attack.atRate(clients.length * perClientPerS, () => {
		const client = clients[counts.tried++ % clients.length]!;
		client.emit("message:send", { room, clientId: randomUUID(), body: `flood ${counts.tried}` }, onAck);
	});
}
