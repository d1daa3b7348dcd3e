import { setTimeout as sleep } from "node:timers/promises";
import { RawConnection } from "../../kit/raw-connection.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { attackersAddress } from "../tools/addresses.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

const CONNECTIONS = 2_000;
const BATCH = 400;
const BYTE_INTERVAL_MS = 250;
const SEEN_WITHIN_MS = 5_000;
/** The default limit of connections of one address, times ten. */
const MAX_OPEN = 1_000;

const slowRequests = {
	unit: "connections",
	growthMiB: 224,
	maxAccepted: () => MAX_OPEN,
} as const;

export const slowHeaders: Attack = {
	...slowRequests,
	id: "slow-headers",
	title: "2,000 connections from one address with request heads that arrive byte by byte",
	expected: "1,000 at most, for 10 s each",
	run: (attack) => drip(attack, "GET / HTTP/1.1\r\nHost: chat.local\r\nX-Slow: "),
};

export const slowBodies: Attack = {
	...slowRequests,
	id: "slow-bodies",
	title: "2,000 connections from one address with request bodies that arrive byte by byte",
	expected: "1,000 at most, for 20 s each",
	async run(attack) {
		const head = ["POST /api/session HTTP/1.1", "Host: chat.local", "Content-Type: application/json"];
		await drip(attack, [...head, "Content-Length: 60000", "", '{"name":"'].join("\r\n"));
	},
};

/** Holds connections open with a request that arrives byte by byte and never ends. */
async function drip(attack: AttackRun, head: string): Promise<void> {
	const { counts } = attack;
	const connections: RawConnection[] = [];
	while (!attack.isOver) {
		for (let opened = 0; opened < BATCH && connections.length < CONNECTIONS; opened++) {
			const connection = new RawConnection(attack.url, attackersAddress(0));
			connection.socket.resume();
			connection.write(head);
			connections.push(connection);
			counts.tried++;
		}
		await sleep(BYTE_INTERVAL_MS);
		for (const connection of connections) connection.write("x");
	}
	// A connection in the kernel's queue looks open to the client: the server needs a moment to refuse it.
	const open = () => connections.filter(({ isOpen }) => isOpen).length;
	await becomesTrue(SEEN_WITHIN_MS, () => open() <= MAX_OPEN, BYTE_INTERVAL_MS);
	counts.accepted = open();
	counts.disconnected = connections.length - counts.accepted;
	for (const connection of connections) connection.destroy();
}
