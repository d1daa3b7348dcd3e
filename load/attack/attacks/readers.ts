import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { Attacker, AttackRun } from "./attack-run.ts";

const ROOM = "history for attackers";
const BODY_CHARS = 3_900;
const MESSAGES_PER_USER = 20;
/** The default limits of reads (L1). One more second is for what was in flight. */
const READS_BURST = 100;
const READS_PER_S = 10;

/** Signs in ten users and fills a room with as much as they may send at once: 200 long messages. */
async function fillRoom(attack: AttackRun): Promise<Attacker[]> {
	const attackers = await attack.signIn(10);
	const clients = await attack.join(attackers, 1, ROOM);
	const send = (number: number, index: number, fields: object) => {
		const body = `${number} ${index} `.padEnd(BODY_CHARS, "x");
		return clients[number]!.request("message:send", { room: ROOM, clientId: randomUUID(), body, ...fields });
	};
	await send(0, 0, {});
	// All others are in its thread.
	const numbers = clients.flatMap((_, number) =>
		Array.from({ length: MESSAGES_PER_USER }, (_, index) => [number, index]),
	);
	await Promise.all(numbers.slice(1).map(([number, index]) => send(number!, index!, { reply: 1 })));
	for (const client of clients) client.close();
	return attackers;
}

async function requestWithoutReading(attack: AttackRun): Promise<void> {
	const attackers = await fillRoom(attack);
	const { counts } = attack;
	attack.begin();
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

/** Sends requests for pages over 10 connections of one user, as often as a connection may send packets. */
async function flood(attack: AttackRun, requests: readonly (readonly [event: string, page: object])[]): Promise<void> {
	const [attacker] = await fillRoom(attack);
	const clients: PacketClient[] = [];
	for (let opened = 0; opened < 10; opened++) {
		const client = await attack.connect(attacker!);
		while (!(await client.request("room:join", { room: ROOM }))?.ok) await sleep(200);
		clients.push(client);
	}
	const { counts, onAck } = attack;
	attack.begin();
	await attack.atRate(clients.length * 900, () => {
		const turn = counts.tried++;
		const [event, page] = requests[Math.floor(turn / clients.length) % requests.length]!;
		clients[turn % clients.length]!.emit(event, { room: ROOM, ...page }, onAck);
	});
}

const floodOfReads = {
	expected: "refused above a rate",
	unit: "reads",
	growthMiB: 256,
	maxAccepted: (seconds: number) => READS_BURST + READS_PER_S * (seconds + 1),
	hasToCount: "refused",
} as const;

export const readFlood: Attack = {
	...floodOfReads,
	id: "reads",
	title: "10 connections of one user, each 900 times a second `log:since` or history of 400 KB",
	run: (attack) =>
		flood(attack, [
			["log:since", { after: 0 }],
			["message:history", {}],
		]),
};

export const pageFlood: Attack = {
	...floodOfReads,
	id: "pages",
	title:
		"10 connections of one user, each 900 times a second a thread, the pinned messages, or those around one or a time",
	run: (attack) =>
		flood(attack, [
			["message:history", { root: 1 }],
			["message:history", { pinned: true }],
			["message:around", { seq: 100, limit: 100 }],
			["message:around", { at: 0, limit: 100 }],
			["message:around", { at: Number.MAX_SAFE_INTEGER }],
		]),
};
