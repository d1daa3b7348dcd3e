import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { Attacker, AttackRun } from "./attack-run.ts";

const ROOM = "history for attackers";
const BODY_CHARS = 3_900;
const MESSAGES_PER_USER = 20;

/** Signs in ten users and fills a room with as much as they may send at once: 200 long messages. */
async function fillRoom(attack: AttackRun): Promise<Attacker[]> {
	const attackers = await attack.signIn(10);
	const clients = await attack.join(attackers, 1, ROOM);
	const sends = clients.flatMap((client, number) =>
		Array.from({ length: MESSAGES_PER_USER }, (_, index) => {
			const body = `${number} ${index} `.padEnd(BODY_CHARS, "x");
			return client.request("message:send", { room: ROOM, clientId: randomUUID(), body });
		}),
	);
	await Promise.all(sends);
	for (const client of clients) client.close();
	return attackers;
}

async function requestWithoutReading(attack: AttackRun): Promise<void> {
	const attackers = await fillRoom(attack);
	const { counts } = attack;
	await attack.repeat(attackers.length, async (turn) => {
		const client = await attack.tryConnect(attackers[turn % attackers.length]!);
		const joined = await client?.request("room:join", { room: ROOM });
		if (!client || !joined?.ok) {
			client?.close();
			return await sleep(50);
		}
		counts.tried++;
		client.stopReading();
		// A connection that is not read does not show that it was closed; a write to it does.
		while (client.isOpen && !attack.isOver) {
			client.emit("message:history", { room: ROOM }, () => undefined);
			await sleep(2);
		}
		if (client.isOpen) counts.accepted++;
		else counts.disconnected++;
		client.close();
	});
}

const unreadHistory = { unit: "connections", growthMiB: 384, run: requestWithoutReading } as const;

export const slowReaders: Attack = {
	...unreadHistory,
	id: "slow-readers",
	title: "10 connections that request 400 KB of history again and again and read nothing",
	expected: "disconnected where more than 1 MiB waits",
};

export const unboundedControl: Attack = {
	...unreadHistory,
	id: "control",
	title: "control: slow readers, and a server without limits on reads and on unsent bytes",
	expected: "memory is found to grow",
	hasToGrow: true,
	// How fast memory grows depends on the machine. Only a bounded memory does not grow in this time.
	seconds: 60,
	env: { LIMIT_UNSENT_BYTES: "0", LIMIT_READS_PER_S: "0" },
};

export const readFlood: Attack = {
	id: "reads",
	title: "10 connections of one user, each 900 times a second `log:since` or history of 400 KB",
	expected: "refused above a rate",
	unit: "reads",
	growthMiB: 256,
	hasToCount: "refused",
	async run(attack) {
		const [attacker] = await fillRoom(attack);
		const clients: PacketClient[] = [];
		for (let opened = 0; opened < 10; opened++) {
			const client = await attack.connect(attacker!);
			while (!(await client.request("room:join", { room: ROOM }))?.ok) await sleep(200);
			clients.push(client);
		}
		const { counts, onAck } = attack;
		await attack.atRate(clients.length * 900, () => {
			const client = clients[counts.tried++ % clients.length]!;
			if (counts.tried % 2 === 0) client.emit("log:since", { room: ROOM, after: 0 }, onAck);
			else client.emit("message:history", { room: ROOM }, onAck);
		});
	},
};
