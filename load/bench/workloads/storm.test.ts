import assert from "node:assert/strict";
import { test } from "node:test";
import { PEERS } from "../peers/all.ts";
import { joinStorm } from "./storm.ts";
import type { RunPlan } from "./workload.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";
const PLAN: RunPlan = { warmUpMs: 0, measureMs: 0, drainMs: 30_000, settleMs: 100, quietMs: 0, attempts: 1 };
const PEOPLE = 200;

for (const id of ["ours", "uwebsockets", "ws", "socket.io"]) {
	test(`every member joins ${id} in a storm of joins`, { skip }, async () => {
		const peer = PEERS.find((one) => one.id === id)!;
		const result = await joinStorm(peer, PEOPLE, PLAN);
		assert.deepEqual({ verdict: result.verdict, why: result.why }, { verdict: "verified", why: undefined });
		const { cpuUsPerJoin, presencePackets, residentKbPerConnection } = result.metrics;
		// A process may use less CPU time than the resolution of the clock, 10 ms.
		assert.ok(cpuUsPerJoin! >= 0 && cpuUsPerJoin! < 1e6);
		assert.ok(residentKbPerConnection! < 1e6);
		if (id !== "ours") assert.equal(presencePackets, 0);
	});
}
