import assert from "node:assert/strict";
import { test } from "node:test";
import { openStage } from "../testing/stage.ts";
import { catchLiar, control } from "./control.ts";
import { diskFull } from "./disk-full.ts";
import { kill9 } from "./kill9.ts";

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
