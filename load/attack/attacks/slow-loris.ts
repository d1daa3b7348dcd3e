import { setTimeout as sleep } from "node:timers/promises";
import { attackersAddress } from "../tools/addresses.ts";
import { RawLine } from "../tools/raw-line.ts";
import type { Account, Attack, Field } from "./attack.ts";
import { emptyAccount } from "./attackers.ts";

const LINES = 2_000;
const OPENED_AT_ONCE = 400;
const BYTE_EVERY_MS = 250;
const MOST_WAITS = 20;

/** Holds lines open with a request that comes a byte at a time and never ends. */
async function drip(field: Field, head: string): Promise<Account> {
	const account = emptyAccount("lines");
	const lines: RawLine[] = [];
	while (!field.isOver) {
		for (let opened = 0; opened < OPENED_AT_ONCE && lines.length < LINES; opened++) {
			const line = new RawLine(field.url, attackersAddress(0));
			line.socket.resume();
			line.write(head);
			lines.push(line);
			account.tried++;
		}
		await sleep(BYTE_EVERY_MS);
		for (const line of lines) line.write("x");
	}
	account.through = await openWhenAllWereSeen(lines);
	account.cut = lines.length - account.through;
	for (const line of lines) line.destroy();
	return account;
}

/** To their owner, lines are open as soon as they wait to be accepted: it takes the server a moment to refuse them. */
async function openWhenAllWereSeen(lines: readonly RawLine[]): Promise<number> {
	const count = () => lines.filter(({ isOpen }) => isOpen).length;
	for (let waits = 0; waits < MOST_WAITS && count() > MOST_OPEN; waits++) await sleep(BYTE_EVERY_MS);
	return count();
}

/** Ten times the lines that one address may have. */
const MOST_OPEN = 1_000;

function judge({ through }: Account): string[] {
	return through > MOST_OPEN ? [`One address kept ${through} lines open with requests that never end.`] : [];
}

export const slowHeaders: Attack = {
	id: "slow-headers",
	title: "2,000 lines from one address with heads that come a byte at a time",
	expected: "1,000 at most, for 10 s each",
	growthMiB: 224,
	run: async (field) => await drip(field, "GET / HTTP/1.1\r\nHost: chat.example\r\nX-Slow: "),
	judge,
};

export const slowBodies: Attack = {
	id: "slow-bodies",
	title: "2,000 lines from one address with bodies that come a byte at a time",
	expected: "1,000 at most, for 20 s each",
	growthMiB: 224,
	async run(field) {
		const head = ["POST /api/session HTTP/1.1", "Host: chat.example", "Content-Type: application/json"];
		return await drip(field, [...head, "Content-Length: 60000", "", '{"name":"'].join("\r\n"));
	},
	judge,
};
