import { randomUUID } from "node:crypto";
import type { Attack } from "./attack.ts";
import { attackers, count, emptyAccount, enterRoom } from "./attackers.ts";
import { atRate } from "./rhythm.ts";

/** Just below the rate at which a line is cut. */
const PER_LINE_PER_S = 900;
/** The limits as they come (L1), and a second more for what was on its way. */
const BURST = 20;
const PER_S = 5;

export const messageFlood: Attack = {
	id: "messages",
	title: "10 lines of one user, each 900 messages a second, in the bystanders' room",
	expected: "5 a second let through, the rest refused",
	growthMiB: 96,
	async run(field) {
		const who = await attackers(field, 1);
		const lines = await enterRoom(field, who, 10, field.room);
		const account = emptyAccount("messages");
		const onAck = count(account);
		await atRate(field, lines.length * PER_LINE_PER_S, () => {
			const line = lines[account.tried++ % lines.length]!;
			const body = `flood ${account.tried}`;
			line.emit("message:send", { room: field.room, clientId: randomUUID(), body }, onAck);
		});
		return account;
	},
	judge: ({ through }, seconds) =>
		through > BURST + PER_S * (seconds + 1) ? [`${through} messages of one user got through.`] : [],
};

const USERS = 10;

export const manyUsers: Attack = {
	id: "many-users",
	title: "as many users as one address may sign in, each 100 messages a second, in the bystanders' room",
	expected: "5 a second of each let through, the rest refused",
	growthMiB: 96,
	async run(field) {
		const lines = await enterRoom(field, await attackers(field, USERS), 1, field.room);
		const account = emptyAccount("messages");
		const onAck = count(account);
		await atRate(field, lines.length * 100, () => {
			const line = lines[account.tried++ % lines.length]!;
			const body = `flood ${account.tried}`;
			line.emit("message:send", { room: field.room, clientId: randomUUID(), body }, onAck);
		});
		return account;
	},
	judge: ({ through }, seconds) =>
		through > USERS * (BURST + PER_S * (seconds + 1)) ? [`${through} messages of ${USERS} users got through.`] : [],
};
