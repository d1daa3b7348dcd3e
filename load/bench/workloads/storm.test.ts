import assert from "node:assert/strict";
import { test } from "node:test";
import { CONTENDERS } from "../contenders/all.ts";
import { joinAndStay } from "./storm.ts";
import type { Pace } from "./workload.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";
const PACE: Pace = { warmUpMs: 0, measureMs: 0, drainMs: 30_000, settleMs: 100, quietMs: 0, attempts: 1 };
const PEOPLE = 200;

for (const id of ["ours", "uwebsockets", "ws", "socket.io"]) {
	test(`${id} takes a storm of joins, and everybody is in`, { skip }, async () => {
		const contender = CONTENDERS.find((one) => one.id === id)!;
		const outcome = await joinAndStay(contender, PEOPLE, PACE);
		assert.deepEqual({ verdict: outcome.verdict, why: outcome.why }, { verdict: "verified", why: undefined });
		const { cpuUsPerJoin, presencePackets, residentKbPerConnection } = outcome.metrics;
		// A process may use so little that the clock, which counts hundredths of a second, sees none of it.
		assert.ok(cpuUsPerJoin! >= 0 && cpuUsPerJoin! < 1e6);
		assert.ok(residentKbPerConnection! < 1e6);
		if (id !== "ours") assert.equal(presencePackets, 0);
	});
}
