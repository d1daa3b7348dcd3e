import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { PEERS } from "../peers/all.ts";
import type { Peer } from "../peers/peer.ts";
import { plainWebSocket } from "../protocols/plain-web-socket.ts";
import { runFanOut } from "./fan-out.ts";
import type { RunPlan } from "./workload.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";
const PLAN: RunPlan = { warmUpMs: 300, measureMs: 700, drainMs: 30_000, settleMs: 100, quietMs: 0, attempts: 1 };
const LAYOUT = { rooms: 3, membersPerRoom: 50 };
const RATE = 150;

for (const id of ["ours", "uwebsockets", "ws", "socket.io"]) {
	test(`every delivery of ${id} is verified`, { skip }, async () => {
		const peer = PEERS.find((one) => one.id === id)!;
		const [result] = await runFanOut(peer, LAYOUT, [RATE], PLAN);
		// On a busy machine deliveries can be late, but none may be missing.
		assert.match(result!.why ?? "verified", /^(verified|all deliveries arrived)/);
		const { cpuUsPerDelivery, deliveriesPerS, p50Ms, p99Ms } = result!.metrics;
		assert.ok(cpuUsPerDelivery! >= 0 && Number.isFinite(cpuUsPerDelivery));
		assert.ok(deliveriesPerS! > 0);
		assert.ok(p50Ms! > 0 && p50Ms! <= p99Ms! && Number.isFinite(p99Ms));
	});
}

const FAULTS = {
	drops: /received message \d+ where others received \d+/,
	doubles: /received message \d+ where others received \d+|came after/,
	swaps: /received message \d+ where others received \d+/,
	changes: /never sent/,
	"goes silent": /deliveries never arrived/,
	closes: /lost its connection/,
};

for (const [fault, why] of Object.entries(FAULTS)) {
	test(`a server that ${fault} is void`, { skip }, async () => {
		const command = [process.execPath, join(import.meta.dirname, "../testing/faulty.server.js")];
		const program = () => ({ command, env: { FAULT: fault } });
		const faulty: Peer = { id: "faulty", title: "faulty", protocol: plainWebSocket, program };
		const [result] = await runFanOut(faulty, { rooms: 1, membersPerRoom: 10 }, [RATE], PLAN);
		assert.equal(result!.verdict, "void");
		assert.match(result!.why ?? "", why);
	});
}

test("a server that does not start is an error with its output", { skip }, async () => {
	const command = [process.execPath, "--eval", "throw new Error('no database')"];
	const broken: Peer = { id: "broken", title: "broken", protocol: plainWebSocket, program: () => ({ command }) };
	await assert.rejects(runFanOut(broken, LAYOUT, [RATE], PLAN), /exited before it was ready[\s\S]*no database/);
});
