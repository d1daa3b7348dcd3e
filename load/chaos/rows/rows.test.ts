import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { within } from "../people/within.ts";
import { openStage } from "../testing/stage.ts";
import { catchLiar, control } from "./control.ts";
import { diskFull } from "./disk-full.ts";
import { kill9 } from "./kill9.ts";
import { restart } from "./restart.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

test("a server that acks before it commits is caught", async (t) => {
	const { verdict, figures } = await control.run(openStage(t, 1));
	assert.equal(verdict.holds, true, verdict.complaints.join("\n"));
	assert.ok(Number(figures["caught: lost"]) > 0, JSON.stringify(figures));
});

test("the control does not hold where nobody was caught, as with an honest server", async (t) => {
	const { verdict } = await catchLiar(openStage(t, 1), {});
	assert.equal(verdict.holds, false);
	assert.match(verdict.complaints.join("\n"), /did not notice/);
});

test("M1 M2 M3 M5 kill -9 in mid-write loses, doubles and misplaces nothing", async (t) => {
	const { verdict } = await kill9.run(openStage(t, 1));
	assert.equal(verdict.holds, true, verdict.complaints.join("\n"));
	assert.ok(verdict.acked > 0 && verdict.acked === verdict.sent);
});

test("M1 a full disk is survived", async (t) => {
	const obstacle = diskFull.obstacle?.();
	if (obstacle !== undefined) return t.skip(obstacle);
	const { verdict } = await diskFull.run(openStage(t, 1));
	assert.equal(verdict.holds, true, verdict.complaints.join("\n"));
	assert.ok(verdict.acked > 0);
});

test("M1 a restart under load loses, doubles and misplaces nothing, and everybody comes back", async (t) => {
	const { verdict, figures } = await restart.run(openStage(t, 1));
	assert.equal(verdict.holds, true, verdict.complaints.join("\n"));
	assert.ok(verdict.acked > 0 && verdict.acked === verdict.sent);
	assert.notEqual(figures["back in the room after"], "–");
});

/** Loaded into the server: at SIGUSR2 its wall clock steps forward by a minute, as it does over a suspend. */
const STEPPING_CLOCK = `const now = Date.now; process.on("SIGUSR2", () => { Date.now = () => now() + 60_000; });`;

test("after a suspend the server closes every connection, and people return by themselves with nothing lost", async (t) => {
	const stage = openStage(t, 1);
	const preload = `--import=data:text/javascript,${encodeURIComponent(STEPPING_CLOCK)}`;
	const server = await openServer(stage, { env: { NODE_OPTIONS: preload } });
	const crowd = await openCrowd(stage, server, { rooms: 1, perRoom: 2 });
	crowd.talk(stage.random.fork("talk"), 20, { least: 8, most: 80 });
	await sleep(500);

	server.signal("SIGSTOP");
	server.signal("SIGUSR2");
	await sleep(1_000);
	server.signal("SIGCONT");

	const timeoutMs = 30_000;
	assert.ok(await within(timeoutMs, () => crowd.losses.length === crowd.people.length), "a connection was not closed");
	assert.match(server.said(), /the clock jumped/);
	assert.ok(await crowd.caughtUp(timeoutMs), "not everybody is back with everything acked");
	const verdict = await judge(server, [crowd], new Verdict());
	assert.equal(verdict.holds, true, verdict.complaints.join("\n"));
	assert.equal(crowd.absencesMs.length, crowd.people.length, "each was away once");
});
