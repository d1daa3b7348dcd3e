import { RawConnection } from "../../kit/raw-connection.ts";
import { attackersAddress } from "../tools/addresses.ts";
import type { Attack } from "./attack.ts";

const CLOSED_WITHIN_MS = 1_000;
const ANSWERED_WITHIN_MS = 1_000;
const REQUESTS = 1_000;
/** Below the limit of unanswered requests per connection. */
const HANDSHAKES = 30;
/** The limit of unauthenticated connections per address, and how long one may stay. */
const UNAUTHENTICATED = 100;
const UNAUTHENTICATED_S = 10;

export const pipelinedRequests: Attack = {
	id: "pipelined",
	title: "1,000 requests for the page in one write, again and again, without waiting for an answer",
	expected: "disconnected where more than 32 requests are unanswered",
	unit: "requests",
	growthMiB: 224,
	hasToCount: "disconnected",
	async run(attack) {
		const { url, counts } = attack;
		const requests = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(REQUESTS);
		await attack.repeat(16, async (turn) => {
			const connection = new RawConnection(url, attackersAddress(turn % 5));
			connection.socket.resume();
			connection.write(requests);
			counts.tried += REQUESTS;
			if (await connection.closes(CLOSED_WITHIN_MS)) counts.disconnected++;
			connection.destroy();
		});
	},
};

export const pipelinedHandshakes: Attack = {
	id: "pipelined-handshakes",
	title: "30 handshakes of Engine.IO in one write, again and again, from one address",
	expected: "100 wait for 10 s; one more is answered 403",
	unit: "handshakes",
	growthMiB: 160,
	maxAccepted: (seconds) => UNAUTHENTICATED * (1 + Math.ceil(seconds / UNAUTHENTICATED_S)),
	async run(attack) {
		const { url, counts } = attack;
		const path = "/socket.io/?EIO=4&transport=polling";
		const handshakes = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(HANDSHAKES);
		await attack.repeat(4, async () => {
			const connection = new RawConnection(url, attackersAddress(0));
			let answers = "";
			connection.socket.on("data", (chunk) => {
				answers += chunk.toString("latin1");
			});
			connection.write(handshakes);
			const answered = (status: number) => answers.split(`HTTP/1.1 ${status} `).length - 1;
			const until = performance.now() + ANSWERED_WITHIN_MS;
			while (answered(200) + answered(403) < HANDSHAKES && performance.now() < until)
				await new Promise((resolve) => setTimeout(resolve, 10));
			counts.tried += HANDSHAKES;
			counts.accepted += answered(200);
			counts.refused += answered(403);
			connection.destroy();
		});
	},
};
