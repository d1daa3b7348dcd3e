import { setTimeout as sleep } from "node:timers/promises";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { Attacker, AttackRun } from "./attack-run.ts";

/** The default limits. */
const PER_ADDRESS = 100;
const PER_USER = 20;

/** Opens a connection and adds it to `open`, or counts a refusal. */
async function openInto(open: PacketClient[], attack: AttackRun, attacker: Attacker): Promise<void> {
	attack.counts.tried++;
	const client = await attack.tryConnect(attacker);
	if (client) open.push(client);
	else attack.counts.refused++;
}

/** Counts the connections that are still open as accepted, and closes them. */
function closeAll({ counts }: AttackRun, clients: readonly PacketClient[]): void {
	counts.accepted = clients.filter(({ isOpen }) => isOpen).length;
	for (const client of clients) client.close();
}

export const connectionsOfAddress: Attack = {
	id: "connections",
	title: "connections of ten users from one address, opened without end and kept",
	expected: "100 accepted, the rest refused",
	unit: "connections",
	growthMiB: 160,
	maxAccepted: () => PER_ADDRESS,
	async run(attack) {
		const attackers = await attack.signIn(10);
		const clients: PacketClient[] = [];
		await attack.repeat(32, (turn) => openInto(clients, attack, attackers[turn % attackers.length]!));
		closeAll(attack, clients);
	},
};

export const connectionsOfMany: Attack = {
	id: "many-addresses",
	title: "2,000 connections from 100 addresses, 20 of each one's user (800 from 40 with --quick)",
	expected: "all accepted: no limit is exceeded",
	unit: "connections",
	growthMiB: 192,
	async run(attack) {
		const clients: PacketClient[] = [];
		const openAll = async (attacker: Attacker) => {
			for (let opened = 0; opened < PER_USER; opened++) await openInto(clients, attack, attacker);
		};
		await Promise.all((await attack.signIn(attack.quick ? 40 : 100, 1)).map(openAll));
		await attack.untilOver();
		closeAll(attack, clients);
		const { tried, accepted } = attack.counts;
		if (accepted < tried) attack.problem(`${tried - accepted} connections were not accepted.`);
	},
};

export const connectAndLeave: Attack = {
	id: "come-and-go",
	title: "connections of one user, opened, joined to the bystanders' room and dropped, as fast as possible",
	expected: "presence of a user, not of connections; joins above 1 a second are refused",
	unit: "joins",
	growthMiB: 160,
	async run(attack) {
		const [attacker] = await attack.signIn(1);
		await attack.repeat(8, async () => {
			const client = await attack.tryConnect(attacker!);
			if (client === undefined) return await sleep(10);
			const ack = await client.request("room:join", { room: attack.room });
			attack.try(ack?.ok === true);
			client.close();
		});
	},
};
