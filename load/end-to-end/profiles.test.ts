import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { judge } from "../report/judge.ts";
import { runPage } from "../report/run-page.ts";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { load, SMALL_DAY } from "../testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const FEW = "--users 12 --rate 6 --duration 4 --arrivals 12 --p99 60000".split(" ");

let server: OwnServer;
before(async () => {
	server = await startOwnServer();
});
after(() => server.stop());

async function run(...args: string[]) {
	const { code, output, result } = await load(["--target", server.url, ...FEW, ...args], {
		LOAD_TOKEN: server.loadToken,
	});
	assert.ok(result, output);
	assert.deepEqual(result.errors, {}, output);
	assert.equal(code, 0, output);
	return result;
}

test("storm: all users lose the connection and resume without a gap", MINUTES, async () => {
	const { latency, accounting } = await run("--profile", "storm", "--members", "6");
	assert.equal(latency.resume?.count, 12);
	assert.equal(accounting.members, 12);
	assert.equal(accounting.delivered, accounting.acked * 6);
});

test("churn: users leave and rejoin, and each is owed what was sent while they were present", MINUTES, async () => {
	const { accounting, latency } = await run("--profile", "churn", "--members", "12");
	assert.ok(accounting.members >= 12, "each rejoin is another member in the ledger");
	assert.equal(latency.join?.count, accounting.members);
});

test("broadcast: one user sends, all users receive", MINUTES, async () => {
	const { accounting, load } = await run("--profile", "broadcast", "--rate", "2");
	assert.equal(load.rooms, 1);
	assert.equal(accounting.acked, 8);
	assert.equal(accounting.delivered, 8 * 12);
});

test("burst: all users send at once; the report has figures of the server and of the generator", MINUTES, async () => {
	const { accounting, seconds, ...report } = await run("--profile", "burst", "--members", "6");
	assert.equal(report.load.pace, "together");
	assert.equal(accounting.acked, 48);
	assert.ok(seconds.some(({ sent }) => sent >= 12));
	const { throughput, server: figures, generator, target } = report;
	assert.ok(throughput.bytesPerDelivery! > 100 && throughput.bytesPerDelivery! < 2_000);
	assert.ok(figures!.rssMaxMb > 20 && figures!.cpuCores > 0);
	assert.ok(generator.cpuUsPerDelivery > generator.bookkeepingUsPerDelivery);
	assert.equal(target.path, "this machine");
});

test("day: every kind of entry is accounted for, and each user's state equals the history", MINUTES, async () => {
	const result = await run(...SMALL_DAY);
	const { accounting, states, latency, load } = result;
	for (const kind of ["message", "reply", "edit", "reaction", "removal"] as const) {
		const { acked = 0, delivered = 0 } = accounting.kinds[kind] ?? {};
		assert.ok(acked > 0 && delivered > acked, kind);
	}
	assert.equal(accounting.owed, accounting.delivered);
	assert.equal(states!.users, 12);
	assert.ok(states!.messages > 12 * 20);
	assert.deepEqual(
		{ ...states, users: 0, messages: 0 },
		{ users: 0, unread: 0, messages: 0, differing: 0, sentences: [] },
	);
	for (const name of [
		"edit",
		"editAck",
		"reaction",
		"reactionAck",
		"removal",
		"removalAck",
		"page",
		"resume",
	] as const) {
		assert.ok(latency[name]!.count > 0, name);
	}
	assert.equal(load.rooms, 2);

	const { states: _, ...steady } = { ...result, run: "older1" };
	const page = runPage(result, steady as typeof result);
	assert.match(page, /Fan-out of edits.*… in the older run older1/);
	assert.match(page, /Kinds of entries/);
	const { passed, failures } = judge({ ...result, states: { ...states!, differing: 2, unread: 1 } }, true);
	assert.equal(passed, false);
	assert.match(failures.join("\n"), /2 messages differ .*\n.*could not be compared with what 1 users computed/);
});

test("soak: trends of memory and latency are reported; a short run is unclear, and a rise fails", MINUTES, async () => {
	const { trends, ...figures } = await run("--profile", "soak", "--members", "6", "--duration", "20");
	assert.deepEqual(
		trends!.map(({ name, verdict }) => `${name} ${verdict}`),
		["memory unclear", "p99 unclear", "event loop unclear"],
	);
	for (const { lowPerHour, perHour, highPerHour } of trends!)
		assert.ok(lowPerHour <= perHour && perHour <= highPerHour);
	const [memory] = trends!;
	const { passed, failures } = judge({ ...figures, trends: [{ ...memory!, verdict: "rising" }] }, true);
	assert.equal(passed, false);
	assert.match(failures.join("\n"), /memory of the server rose: .* MB\/h \(95 %: .* to .*\)/);
});
