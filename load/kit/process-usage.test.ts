import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { residentBytes, usageOf } from "./process-usage.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";

test("reads the CPU time, the write calls and the memory of a process", { skip }, () => {
	const before = usageOf(process.pid);
	const began = process.cpuUsage();
	const busyUs = 200_000;
	while (process.cpuUsage(began).user + process.cpuUsage(began).system < busyUs);
	for (let i = 0; i < 50; i++) writeFileSync("/dev/null", "x");
	const after = usageOf(process.pid);
	assert.ok(after.cpuUs - before.cpuUs >= busyUs / 2, `${after.cpuUs - before.cpuUs} µs`);
	assert.ok(after.writeCalls - before.writeCalls >= 50);
	assert.ok(residentBytes(process.pid) > 10_000_000);
});

test("counts the CPU time of worker threads", { skip }, async () => {
	const before = usageOf(process.pid);
	const busy = `const from = process.threadCpuUsage(); while (process.threadCpuUsage(from).user < 200_000);`;
	const worker = new Worker(busy, { eval: true });
	await new Promise((resolve) => worker.once("exit", resolve));
	assert.ok(usageOf(process.pid).cpuUs - before.cpuUs >= 150_000);
});

test("throws for a process that has ended", { skip }, () => {
	assert.throws(() => usageOf(2 ** 22 + 1));
});
