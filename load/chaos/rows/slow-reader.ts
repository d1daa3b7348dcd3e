import { setTimeout as sleep } from "node:timers/promises";
import type { ChatClient } from "../../kit/client.ts";
import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { mebibytes, spread } from "../../kit/report.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { PACKET } from "../../kit/wire.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const CALM_MS = 2_000;
/** The buffers of the operating system fill up before the server's do: some ten megabytes per connection. */
const DISCONNECTED_WITHIN_MS = 60_000;
/** Reading the metrics costs the server a little. */
const POLL_MS = 200;
const PONG_INTERVAL_MS = 5_000;

/** The part of engine.io-client 6 that this relies on: under Node, a WebSocket transport has the `ws` package's socket. */
type Engine = {
	transport: { ws: { pause(): void; resume(): void; readyState: number; send(packet: string): void } };
};

const OPEN = 1;

export const slowReader: ChaosRow = {
	id: "slow-reader",
	title: "readers that do not read, but answer pings",
	expected: "disconnected at the byte limit; back, with everything they missed",
	rounds: { full: 3, quick: 1 },
	async run(run) {
		const server = await startRowServer(run);
		// One room: what the slow readers leave unread is what the others send.
		const users = await connectUsers(run, server, { rooms: 1, perRoom: 8 });
		let peakBytes = 0;
		const countDisconnects = async () => {
			const metrics = await fetchMetrics(server.url);
			peakBytes = Math.max(peakBytes, readMetric(metrics, "hubbub_process_resident_memory_bytes") ?? 0);
			return readMetric(metrics, "hubbub_disconnects_total", 'reason="slow_reader"') ?? 0;
		};
		users.startSending({ perSecond: 250, chars: [3_500, 3_900], maxUnacked: 10 });
		const startedAt = performance.now();
		await sleep(CALM_MS);
		const calmMs = users.ackMs(startedAt);
		const othersMs: number[] = [];
		for (const _ of run.eachRound()) {
			const before = await countDisconnects();
			const slow = new Set([run.moments.pick(users.users), run.moments.pick(users.users)]);
			const stoppedAt = performance.now();
			const sockets = [...slow].map((user) => user.socket!);
			const resume = sockets.map(stopReading);
			const areDisconnected = async () => {
				const disconnected = (await countDisconnects()) - before;
				run.progress(mebibytes(peakBytes));
				return disconnected >= slow.size;
			};
			const untilDisconnected = (ms: number) => becomesTrue(ms, areDisconnected, POLL_MS);
			await run.measure("all disconnected after", DISCONNECTED_WITHIN_MS, untilDisconnected);
			othersMs.push(...users.ackMs(stoppedAt, performance.now(), slow));
			for (const resumeReading of resume) resumeReading();
			// They first read what is in the buffers, and only then that they are disconnected.
			const areBack = () => [...slow].every((user, index) => user.isJoined && user.socket !== sockets[index]);
			if (!(await becomesTrue(DISCONNECTED_WITHIN_MS, areBack)))
				throw new Error("Not all slow readers came back after they were disconnected.");
		}
		await stopAndCheck(run, server, [users]);
		run.figure("the others' ack", spread(othersMs, "p99"));
		run.figure("before", spread(calmMs, "p99"));
		run.figure("peak RSS", mebibytes(peakBytes));
	},
};

/** Stops reading from a socket while it goes on sending pongs. Returns a function that resumes reading. */
function stopReading(socket: ChatClient): () => void {
	const { ws } = (socket.io.engine as unknown as Engine).transport;
	ws.pause();
	const timer = setInterval(() => {
		if (ws.readyState === OPEN) ws.send(PACKET.pong);
	}, PONG_INTERVAL_MS);
	return () => {
		clearInterval(timer);
		ws.resume();
	};
}
