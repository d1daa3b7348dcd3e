import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { CONTENDERS } from "../contenders/all.ts";
import type { Contender } from "../contenders/contender.ts";
import { plain } from "../wire/plain.ts";
import { fanOut } from "./fan-out.ts";
import type { Pace } from "./workload.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";
const PACE: Pace = { warmUpMs: 300, measureMs: 700, drainMs: 30_000, settleMs: 100, quietMs: 0, attempts: 1 };
const SEATING = { rooms: 3, membersPerRoom: 50 };
const RATE = 150;

for (const id of ["ours", "uwebsockets", "ws", "socket.io"]) {
	test(`every delivery of ${id} is verified`, { skip }, async () => {
		const contender = CONTENDERS.find((one) => one.id === id)!;
		const [outcome] = await fanOut(contender, SEATING, [RATE], PACE);
		// On a busy machine it may come late; what counts here is that nothing is missing.
		assert.match(outcome!.why ?? "verified", /^(verified|all came)/);
		const { cpuUsPerDelivery, deliveriesPerS, p50Ms, p99Ms } = outcome!.metrics;
		assert.ok(cpuUsPerDelivery! >= 0 && Number.isFinite(cpuUsPerDelivery));
		assert.ok(deliveriesPerS! > 0);
		assert.ok(p50Ms! > 0 && p50Ms! <= p99Ms! && Number.isFinite(p99Ms));
	});
}

const FAULTS = {
	drops: /got message \d+ where others got \d+/,
	doubles: /got message \d+ where others got \d+|came after/,
	swaps: /got message \d+ where others got \d+/,
	changes: /nobody sent/,
	"goes silent": /deliveries never came/,
	closes: /lost its line/,
};

for (const [fault, why] of Object.entries(FAULTS)) {
	test(`a server that ${fault} is void`, { skip }, async () => {
		const command = [process.execPath, join(import.meta.dirname, "faulty.server.js")];
		const program = () => ({ command, env: () => ({ FAULT: fault }) });
		const faulty: Contender = { id: "faulty", title: "faulty", wire: plain, program };
		const [outcome] = await fanOut(faulty, { rooms: 1, membersPerRoom: 10 }, [RATE], PACE);
		assert.equal(outcome!.verdict, "void");
		assert.match(outcome!.why ?? "", why);
	});
}

test("a server that does not start says why, and is no row", { skip }, async () => {
	const command = [process.execPath, "--eval", "throw new Error('no, thank you')"];
	const broken: Contender = { id: "broken", title: "broken", wire: plain, program: () => ({ command }) };
	await assert.rejects(fanOut(broken, SEATING, [RATE], PACE), /ended before it took connections[\s\S]*no, thank you/);
});
