import { setTimeout as sleep } from "node:timers/promises";
import type { Attack } from "./attack.ts";

/** The default limits of joins. */
const BURST = 30;
const PER_S = 1;
const USERS = 10;

export const newRooms: Attack = {
	id: "rooms",
	title: "100 users from 10 addresses who join new rooms as often as possible and leave them (30 from 3 with --quick)",
	expected: "30 joins at once and one a second of each accepted",
	unit: "joins",
	growthMiB: 128,
	async run(attack) {
		const attackers = await attack.signIn(attack.quick ? 30 : 100);
		const clients = await Promise.all(attackers.map((attacker) => attack.connect(attacker)));
		await attack.repeat(clients.length, async (turn) => {
			const client = clients[turn % clients.length]!;
			const room = `room of attackers ${attack.counts.tried++}`;
			const ack = await client.request("room:join", { room });
			attack.onAck(ack);
			if (ack?.ok) client.emit("room:leave", { room }, () => undefined);
			else await sleep(20);
		});
	},
};

export const joinsAndLeaves: Attack = {
	id: "joins-leaves",
	title: "10 users who join and leave the bystanders' room 100 times a second each",
	expected: "a join a second of each accepted, the rest refused",
	unit: "joins",
	growthMiB: 96,
	maxAccepted: (seconds) => USERS * (BURST + PER_S * (seconds + 1)),
	async run(attack) {
		const attackers = await attack.signIn(USERS);
		const clients = await Promise.all(attackers.map((attacker) => attack.connect(attacker)));
		const { counts, room, onAck } = attack;
		await attack.atRate(clients.length * 100, () => {
			const client = clients[counts.tried++ % clients.length]!;
			client.emit("room:join", { room }, onAck);
			client.emit("room:leave", { room }, () => undefined);
		});
	},
};

export const typingFlood: Attack = {
	id: "typing",
	title: "10 users who start and stop typing 900 times a second each, in the bystanders' room",
	expected: "five broadcasts a second",
	unit: "events",
	growthMiB: 96,
	async run(attack) {
		const { counts, room } = attack;
		const clients = await attack.join(await attack.signIn(USERS), 1, room);
		await attack.atRate(clients.length * 900, () => {
			const turn = counts.tried++;
			const event = Math.floor(turn / clients.length) % 2 === 0 ? "typing:start" : "typing:stop";
			clients[turn % clients.length]!.emit(event, { room });
		});
		counts.accepted = counts.tried;
	},
};
