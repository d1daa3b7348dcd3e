import { setTimeout as sleep } from "node:timers/promises";
import { ChatLine } from "../tools/chat-line.ts";
import type { Attack } from "./attack.ts";
import { attackers, emptyAccount } from "./attackers.ts";
import { againAndAgain, untilOver } from "./rhythm.ts";

/** The limits as they come. */
const PER_ADDRESS = 100;
const PER_USER = 20;

export const connectionsOfAddress: Attack = {
	id: "connections",
	title: "lines of ten users from one address, opened without end and kept",
	expected: "100 let in, the rest refused",
	growthMiB: 160,
	async run(field) {
		const who = await attackers(field, 10);
		const account = emptyAccount("lines");
		const lines: ChatLine[] = [];
		await againAndAgain(field, 32, async (turn) => {
			const { from, session } = who[turn % who.length]!;
			account.tried++;
			const line = await ChatLine.open(field.url, from, session.token);
			if (line) lines.push(line);
			else account.refused++;
		});
		account.through = lines.filter(({ isOpen }) => isOpen).length;
		for (const line of lines) line.close();
		return account;
	},
	judge: ({ through }) => (through > PER_ADDRESS ? [`One address had ${through} lines.`] : []),
};

export const connectionsOfMany: Attack = {
	id: "many-addresses",
	title: "2,000 lines from 100 addresses, 20 of each one's user (800 from 40 with --quick)",
	expected: "all let in: nobody is over a limit",
	growthMiB: 192,
	async run(field) {
		const who = await attackers(field, field.quick ? 40 : 100, 1);
		const account = emptyAccount("lines");
		const lines = await Promise.all(
			who.map(async ({ from, session }) => {
				const own: ChatLine[] = [];
				for (let opened = 0; opened < PER_USER; opened++) {
					account.tried++;
					const line = await ChatLine.open(field.url, from, session.token);
					if (line) own.push(line);
					else account.refused++;
				}
				return own;
			}),
		);
		await untilOver(field);
		account.through = lines.flat().filter(({ isOpen }) => isOpen).length;
		for (const line of lines.flat()) line.close();
		return account;
	},
	judge: ({ tried, through }) => (through < tried ? [`${tried - through} lines were not let in.`] : []),
};

export const connectAndLeave: Attack = {
	id: "come-and-go",
	title: "lines of one user, opened, brought into the bystanders' room and dropped, as fast as it goes",
	expected: "the room is told of a person, not of lines; joins above 1 a second are refused",
	growthMiB: 160,
	async run(field) {
		const [who] = await attackers(field, 1);
		const account = emptyAccount("joins");
		await againAndAgain(field, 8, async () => {
			const line = await ChatLine.open(field.url, who!.from, who!.session.token);
			if (line === undefined) return await sleep(10);
			account.tried++;
			const ack = await line.ask("room:join", { room: field.room });
			if (ack?.ok) account.through++;
			else account.refused++;
			line.close();
		});
		return account;
	},
};
