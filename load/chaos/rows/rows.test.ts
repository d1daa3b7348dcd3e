import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { becomesTrue } from "../../kit/wait-for.ts";
import { openRowRun } from "../testing/row-run.ts";
import { earlyAckControl, expectLoss } from "./control.ts";
import { diskFull } from "./disk.ts";
import { filesDiskFull, filesKill9 } from "./files.ts";
import { kill9 } from "./kill9.ts";
import { restart } from "./restart.ts";
import { connectUsers, startRowServer, stopAndCheck } from "./row.ts";

test("a server that acks before it commits is caught", async (t) => {
	const run = openRowRun(t, 1);
	await earlyAckControl.run(run);
	assert.equal(run.findings.hasProblems, false, run.findings.problems.join("\n"));
	assert.ok(Number(run.figures["found lost"]) > 0, JSON.stringify(run.figures));
});

test("the control does not hold where no loss was found, as with the real server", async (t) => {
	const run = openRowRun(t, 1);
	await expectLoss(run, {});
	assert.equal(run.findings.hasProblems, true);
	assert.match(run.findings.problems.join("\n"), /did not find/);
});

test("M1 M2 M3 M5 kill -9 in mid-write loses, duplicates and reorders nothing", async (t) => {
	const run = openRowRun(t, 1);
	await kill9.run(run);
	assert.equal(run.findings.hasProblems, false, run.findings.problems.join("\n"));
	assert.ok(run.findings.acked > 0 && run.findings.acked === run.findings.sent);
});

test("M1 a full disk is survived", async (t) => {
	const obstacle = diskFull.obstacle?.();
	if (obstacle !== undefined) return t.skip(obstacle);
	const run = openRowRun(t, 1);
	await diskFull.run(run);
	assert.equal(run.findings.hasProblems, false, run.findings.problems.join("\n"));
	assert.ok(run.findings.acked > 0);
});

for (const row of [filesKill9, filesDiskFull])
	test(`F3 F5 ${row.title} leaves every message with its files, and no other file`, async (t) => {
		const obstacle = row.obstacle?.();
		if (obstacle !== undefined) return t.skip(obstacle);
		const run = openRowRun(t, 1);
		await row.run(run);
		assert.equal(run.findings.hasProblems, false, run.findings.problems.join("\n"));
		assert.ok(run.findings.acked > 0);
	});

test("M1 a restart under load loses, duplicates and reorders nothing, and all users come back", async (t) => {
	const run = openRowRun(t, 1);
	await restart.run(run);
	const { findings } = run;
	assert.equal(findings.hasProblems, false, findings.problems.join("\n"));
	assert.ok(findings.acked > 0 && findings.acked === findings.sent);
	assert.notEqual(run.figures["back in the room after"], "–");
});

/** Loaded into the server: at SIGUSR2 its wall clock steps forward by a minute, as it does over a suspend. */
const STEPPING_CLOCK = `const now = Date.now; process.on("SIGUSR2", () => { Date.now = () => now() + 60_000; });`;

test("after a suspend the server closes every connection, and users return by themselves with nothing lost", async (t) => {
	const run = openRowRun(t, 1);
	const preload = `--import=data:text/javascript,${encodeURIComponent(STEPPING_CLOCK)}`;
	const server = await startRowServer(run, { env: { NODE_OPTIONS: preload } });
	const users = await connectUsers(run, server, { rooms: 1, perRoom: 2 });
	users.startSending({ perSecond: 20, chars: [8, 80] });
	await sleep(500);

	server.signal("SIGSTOP");
	server.signal("SIGUSR2");
	await sleep(1_000);
	server.signal("SIGCONT");

	const timeoutMs = 30_000;
	const areClosed = () => users.disconnects.length === users.users.length;
	assert.ok(await becomesTrue(timeoutMs, areClosed), "a connection was not closed");
	assert.match(server.tail(), /the clock jumped/);
	assert.ok(await users.caughtUp(timeoutMs), "not all users are back with everything acked");
	await stopAndCheck(run, server, [users]);
	assert.equal(run.findings.hasProblems, false, run.findings.problems.join("\n"));
	assert.equal(users.reconnectsMs.length, users.users.length, "each was away once");
});
