import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Entry } from "../../protocol/log.ts";
import type { Ack } from "../../protocol/refusal.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
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

/** A lane whose commits end when the test says so. */
function lane() {
	const log: string[] = [];
	const commits: { batch: Append[]; end: (error?: Error) => Promise<void> }[] = [];
	const heads = new Map<string, number>();
	const store = {
		append: (batch: Append[]) =>
			new Promise<AppendOutcome[]>((resolve, reject) => {
				const outcomes = (): AppendOutcome[] =>
					batch.map((item) => {
						const seq = (heads.get(item.room) ?? 0) + 1;
						heads.set(item.room, seq);
						return { outcome: "appended", entry: { kind: "message", seq, author, createdAt: 0, body: "" } };
					});
				const end = async (error?: Error) => {
					if (error) reject(error);
					else resolve(outcomes());
					await turn();
				};
				commits.push({ batch, end });
			}),
	};
	const announce = (room: string, entries: Entry[]) => log.push(`${room}: ${entries.map(({ seq }) => seq)}`);
	const metrics = { committed: (entries: number) => log.push(`committed ${entries}`) };
	const repeated = () => {};
	const it = new AppendQueue({
		store,
		clock: new ManualClock(),
		metrics,
		announce,
		repeated,
		onError: () => log.push("error"),
	});
	const send = (room: string, body: string) =>
		it.append(append(room, body), (ack: Ack<AppendOutcome>) =>
			log.push(`${body} ${ack.ok ? "acked" : ack.error.code}`),
		);
	return { it, log, commits, send };
}

describe("the lane", () => {
	test("what arrives in one turn is one commit; what arrives during it is the next", async () => {
		const { commits, send } = lane();
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

	test("A2 what was taken in is settled, whatever comes meanwhile", async () => {
		const { it, log, commits, send } = lane();
		await it.settled();
		send("r", "one");
		await turn();
		send("r", "two");
		const settled = it.settled().then(() => log.push("settled"));
		await commits[0]?.end();
		send("r", "three");
		assert.ok(!log.includes("settled"));
		await commits[1]?.end(new Error("disk full"));
		await settled;
		assert.ok(log.includes("two unavailable") && !log.some((line) => line.startsWith("three")));
		await commits[2]?.end();
	});

	test("M1 M4 nobody is answered before the commit, and everybody before anything is announced", async () => {
		const { log, commits, send } = lane();
		for (const body of ["one", "two", "three"]) send(body === "two" ? "other" : "r", body);
		await turn();
		assert.deepEqual(log, []);
		await commits[0]?.end();
		assert.deepEqual(log, ["one acked", "two acked", "three acked", "committed 3", "r: 1,2", "other: 1"]);
	});

	test("M1 a commit that fails is a retryable refusal for all in it, and the next goes on", async () => {
		const { it, log, commits, send } = lane();
		send("r", "one");
		await turn();
		send("r", "two");
		await commits[0]?.end(new Error("disk full"));
		assert.deepEqual(log, ["error", "one unavailable"]);
		await commits[1]?.end();
		assert.deepEqual(log.slice(2), ["two acked", "committed 1", "r: 1"]);
		await it.idle();
	});

	test("what waits is bounded: more is refused, retryable, and nothing that waits is lost", async () => {
		const { it, log, commits, send } = lane();
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
		await it.idle();
		assert.equal(log.filter((line) => line.endsWith("acked")).length, 20_000);
	});

	test("a batch is bounded in characters too, so that one announcement is never huge", async () => {
		const { commits, send } = lane();
		for (let i = 0; i < 200; i++) send("r", `${i}`.padEnd(4_000, "."));
		await turn();
		const chars = commits[0]?.batch.reduce((sum, { kind, ...rest }) => sum + JSON.stringify(rest).length, 0) ?? 0;
		assert.ok(chars < 600_000, `${chars}`);
	});
});
