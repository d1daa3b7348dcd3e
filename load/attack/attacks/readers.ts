import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatLine } from "../tools/chat-line.ts";
import type { Account, Attack, Field } from "./attack.ts";
import { type Attacker, attackers, count, emptyAccount, enter, enterRoom } from "./attackers.ts";
import { againAndAgain, atRate } from "./rhythm.ts";

const WELL = "well of attackers";
const BODY_CHARS = 3_900;
const MESSAGES_OF_EACH = 20;

/** Ten users and a room of theirs with as much in it as they may say at once: 200 long messages. */
async function fillWell(field: Field): Promise<Attacker[]> {
	const who = await attackers(field, 10);
	const lines = await enterRoom(field, who, 1, WELL);
	await Promise.all(
		lines.flatMap((line, number) =>
			Array.from({ length: MESSAGES_OF_EACH }, async (_, index) => {
				const body = `${number} ${index} `.padEnd(BODY_CHARS, "x");
				await line.ask("message:send", { room: WELL, clientId: randomUUID(), body });
			}),
		),
	);
	for (const line of lines) line.close();
	return who;
}

async function readUnread(field: Field): Promise<Account> {
	const who = await fillWell(field);
	const account = emptyAccount("lines");
	await againAndAgain(field, who.length, async (turn) => {
		const line = await ChatLine.open(field.url, who[turn % who.length]!.from, who[turn % who.length]!.session.token);
		const joined = await line?.ask("room:join", { room: WELL });
		if (!line || !joined?.ok) {
			line?.close();
			return await sleep(50);
		}
		account.tried++;
		line.deafen();
		// A line that is not read does not tell that it was cut; to write on it does.
		while (line.isOpen && !field.isOver) {
			line.emit("message:history", { room: WELL }, () => undefined);
			await sleep(2);
		}
		if (line.isOpen) account.through++;
		else account.cut++;
		line.close();
	});
	return account;
}

export const slowReaders: Attack = {
	id: "slow-readers",
	title: "10 lines that ask for 400 KB of history again and again and read nothing",
	expected: "cut where more than 1 MiB waits",
	growthMiB: 384,
	run: readUnread,
};

export const control: Attack = {
	id: "control",
	title: "control: slow readers, and a server without a bound on what they ask and what waits for them",
	expected: "the judge finds that memory grows",
	growthMiB: 384,
	hasToGrow: true,
	leastSeconds: 4,
	env: { LIMIT_UNSENT_BYTES: "0", LIMIT_READS_PER_S: "0" },
	run: readUnread,
};

export const readFlood: Attack = {
	id: "reads",
	title: "10 lines of one user, each 900 times a second `log:since` or history of 400 KB",
	expected: "refused above a rate",
	growthMiB: 256,
	async run(field) {
		const [who] = await fillWell(field);
		const lines: ChatLine[] = [];
		for (let opened = 0; opened < 10; opened++) {
			const line = await enter(field, who!);
			while (!(await line.ask("room:join", { room: WELL }))?.ok) await sleep(200);
			lines.push(line);
		}
		const account = emptyAccount("reads");
		const onAck = count(account);
		await atRate(field, lines.length * 900, () => {
			const line = lines[account.tried++ % lines.length]!;
			if (account.tried % 2 === 0) line.emit("log:since", { room: WELL, after: 0 }, onAck);
			else line.emit("message:history", { room: WELL }, onAck);
		});
		return account;
	},
	judge: ({ refused }) => (refused === 0 ? ["No read was refused."] : []),
};
