import { setTimeout as sleep } from "node:timers/promises";
import type { Attack } from "./attack.ts";
import { attackers, count, emptyAccount, enter, enterRoom } from "./attackers.ts";
import { againAndAgain, atRate } from "./rhythm.ts";

/** The limits as they come. */
const BURST = 10;
const PER_S = 1;

export const newRooms: Attack = {
	id: "rooms",
	title: "100 users from 10 addresses who join a new room as often as they can and leave it (30 from 3 with --quick)",
	expected: "10 joins at once and one a second of each let through",
	growthMiB: 128,
	async run(field) {
		const who = await attackers(field, field.quick ? 30 : 100);
		const lines = await Promise.all(who.map((one) => enter(field, one)));
		const account = emptyAccount("joins");
		const onAck = count(account);
		await againAndAgain(field, lines.length, async (turn) => {
			const line = lines[turn % lines.length]!;
			const room = `room of attackers ${account.tried++}`;
			const ack = await line.ask("room:join", { room });
			if (ack) onAck(ack);
			if (ack?.ok) line.emit("room:leave", { room }, () => undefined);
			else await sleep(20);
		});
		return account;
	},
};

export const joinsAndLeaves: Attack = {
	id: "joins-leaves",
	title: "10 users who join and leave the bystanders' room 100 times a second each",
	expected: "a join a second of each let through, the rest refused",
	growthMiB: 96,
	async run(field) {
		const who = await attackers(field, 10);
		const lines = await Promise.all(who.map((one) => enter(field, one)));
		const account = emptyAccount("joins");
		const onAck = count(account);
		await atRate(field, lines.length * 100, () => {
			const line = lines[account.tried++ % lines.length]!;
			line.emit("room:join", { room: field.room }, onAck);
			line.emit("room:leave", { room: field.room }, () => undefined);
		});
		return account;
	},
	judge: ({ through }, seconds) =>
		through > 10 * (BURST + PER_S * (seconds + 1)) ? [`${through} joins of 10 users got through.`] : [],
};

export const typingFlood: Attack = {
	id: "typing",
	title: "10 users who begin and stop typing 900 times a second each, in the bystanders' room",
	expected: "the room is told five times a second",
	growthMiB: 96,
	async run(field) {
		const lines = await enterRoom(field, await attackers(field, 10), 1, field.room);
		const account = emptyAccount("events");
		await atRate(field, lines.length * 900, () => {
			const turn = account.tried++;
			const event = Math.floor(turn / lines.length) % 2 === 0 ? "typing:start" : "typing:stop";
			lines[turn % lines.length]!.emit(event, { room: field.room });
		});
		account.through = account.tried;
		return account;
	},
};
