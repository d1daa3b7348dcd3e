import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import type { Ack } from "../../protocol/refusal.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingCluster } from "../../testing/recording-cluster.ts";
import type { Append, AppendOutcome } from "../ports/log.ts";
import { AppendQueue } from "./append-queue.ts";

const author = { id: "a", name: "Ada" };
const append = (room: string, body: string): Append => ({
	kind: "message",
	room,
	author,
	clientId: body,
	content: { body },
	createdAt: 0,
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose commits end when the test ends them. A body that begins with "again" repeats entry 1. */
function setUp() {
	const log: string[] = [];
	const commits: { batch: Append[]; end: (error?: Error) => Promise<void> }[] = [];
	const heads = new Map<string, number>();
	const outcomeOf = (item: Append): AppendOutcome => {
		if (item.kind === "message" && item.content.body?.startsWith("again"))
			return { outcome: "repeated", seq: 1, createdAt: 0 };
		const seq = (heads.get(item.room) ?? 0) + 1;
		heads.set(item.room, seq);
		return { outcome: "appended", entry: { kind: "message", seq, author, createdAt: 0, body: "" } };
	};
	const store = {
		append: (batch: Append[]) =>
			new Promise<AppendOutcome[]>((resolve, reject) => {
				const end = async (error?: Error) => {
					if (error) reject(error);
					else resolve(batch.map(outcomeOf));
					await turn();
				};
				commits.push({ batch, end });
			}),
	};
	const rooms = {
		receive: (room: string, entries: readonly Entry[]) => void log.push(`${room}: ${entries.map(({ seq }) => seq)}`),
		recover: async (room: string, seq: number) => void log.push(`recover ${room} ${seq}`),
	};
	const cluster = new RecordingCluster();
	const metrics = { committed: (entries: number) => log.push(`committed ${entries}`) };
	const onError = () => log.push("error");
	const onRemoval = () => log.push("files of removed messages");
	const deps = { store, clock: new ManualClock(), metrics, rooms, cluster, onCommit() {}, onRemoval, onError };
	const queue = new AppendQueue(deps);
	const send = (room: string, body: string) =>
		queue.append(append(room, body), (ack: Ack<AppendOutcome>) =>
			log.push(`${body} ${ack.ok ? "acked" : ack.error.code}`),
		);
	return { queue, log, commits, send, cluster };
}

describe("the append queue", () => {
	test("appends of one turn of the event loop are one commit; those that arrive during it are the next", async () => {
		const { commits, send } = setUp();
		send("r", "one");
		send("r", "two");
		await turn();
		send("r", "three");
		send("other", "four");
		await turn();
		assert.equal(commits.length, 1);
		assert.equal(commits[0]?.batch.length, 2);
		await commits[0]?.end();
		assert.equal(commits[1]?.batch.length, 2);
	});

	test("A2 settled() waits for the appends accepted before it, and for no others", async () => {
		const { queue, log, commits, send } = setUp();
		await queue.settled();
		send("r", "one");
		await turn();
		send("r", "two");
		const settled = queue.settled().then(() => log.push("settled"));
		await commits[0]?.end();
		send("r", "three");
		assert.ok(!log.includes("settled"));
		await commits[1]?.end(new Error("disk full"));
		await settled;
		assert.ok(log.includes("two unavailable") && !log.some((line) => line.startsWith("three")));
		await commits[2]?.end();
	});

	test("M1 M4 nothing is acknowledged before the commit, and everything before any room receives entries", async () => {
		const { log, commits, send } = setUp();
		for (const body of ["one", "two", "three"]) send(body === "two" ? "other" : "r", body);
		await turn();
		assert.deepEqual(log, []);
		await commits[0]?.end();
		assert.deepEqual(log, ["one acked", "two acked", "three acked", "committed 3", "r: 1,2", "other: 1"]);
	});

	test("M4 entries are published to the other processes once per room and commit", async () => {
		const { cluster, commits, send } = setUp();
		for (const body of ["one", "two", "three"]) send(body === "two" ? "other" : "r", body);
		await turn();
		assert.equal(cluster.published.length, 0);
		await commits[0]?.end();
		assert.deepEqual(
			cluster.published.map((event) => event.kind === "appended" && event.entries.map(({ seq }) => seq)),
			[[1, 2], [1]],
		);
	});

	test("M2 a repeated append is acknowledged and not received again; the room recovers up to the first one", async () => {
		const { log, cluster, commits, send } = setUp();
		send("r", "one");
		send("r", "again one");
		await turn();
		await commits[0]?.end();
		assert.deepEqual(log, ["one acked", "again one acked", "recover r 1", "committed 1", "r: 1"]);
		assert.equal(cluster.published.length, 1);
	});

	test("M1 a commit that fails refuses everything in it as retryable, and the next one is made", async () => {
		const { queue, log, commits, send } = setUp();
		send("r", "one");
		await turn();
		send("r", "two");
		await commits[0]?.end(new Error("disk full"));
		assert.deepEqual(log, ["error", "one unavailable"]);
		await commits[1]?.end();
		assert.deepEqual(log.slice(2), ["two acked", "committed 1", "r: 1"]);
		await queue.idle();
	});

	test("the queue is bounded: further appends are refused as retryable, and no waiting one is lost", async () => {
		const { queue, log, commits, send } = setUp();
		for (let i = 0; i < 25_000; i++) send("r", `${i}`);
		const refused = log.filter((line) => line.endsWith("unavailable")).length;
		assert.equal(refused, 5_000);
		for (let done = 0; done < 20_000; ) {
			await turn();
			const { batch, end } = commits.shift()!;
			assert.ok(batch.length <= 2_048);
			done += batch.length;
			await end();
		}
		await queue.idle();
		assert.equal(log.filter((line) => line.endsWith("acked")).length, 20_000);
	});

	test("a batch is bounded in characters too, so that a broadcast is never huge", async () => {
		const { commits, send } = setUp();
		for (let i = 0; i < 200; i++) send("r", `${i}`.padEnd(4_000, "."));
		await turn();
		const chars = commits[0]?.batch.reduce((sum, { kind, ...rest }) => sum + JSON.stringify(rest).length, 0) ?? 0;
		assert.ok(chars < 600_000, `${chars}`);
	});
});
