import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { judge } from "./report/judge.ts";
import { LocalServer } from "./run/local-server.ts";
import { load } from "./testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const FEW = "--users 12 --rate 6 --duration 4 --arrivals 12 --p99 60000".split(" ");

let server: LocalServer;
before(async () => {
	server = await LocalServer.start();
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

test("storm: everybody loses the line and comes back without a gap", MINUTES, async () => {
	const { latency, accounting } = await run("--profile", "storm", "--members", "6");
	assert.equal(latency.resume?.count, 12);
	assert.equal(accounting.members, 12);
	assert.equal(accounting.delivered, accounting.acked * 6);
});

test("churn: people come and go, and each is owed what was said while they were there", MINUTES, async () => {
	const { accounting, latency } = await run("--profile", "churn", "--members", "12");
	assert.ok(accounting.members >= 12, "who comes back is another member in the books");
	assert.equal(latency.join?.count, accounting.members);
});

test("broadcast: one speaks, everybody hears", MINUTES, async () => {
	const { accounting, load } = await run("--profile", "broadcast", "--rate", "2");
	assert.equal(load.rooms, 1);
	assert.equal(accounting.acked, 8);
	assert.equal(accounting.delivered, 8 * 12);
});

test("burst: everybody speaks at once", MINUTES, async () => {
	const { accounting, seconds, load } = await run("--profile", "burst", "--members", "6");
	assert.equal(load.pace, "together");
	assert.equal(accounting.acked, 48);
	assert.ok(seconds.some(({ sent }) => sent >= 12));
});

test(
	"soak: how memory and latency moved is told; of a short one nothing is promised, and what rises fails",
	MINUTES,
	async () => {
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
		assert.match(failures.join("\n"), /server's memory rose: .* MB\/h \(95 %: .* to .*\)/);
	},
);

test("the wire's cost, the server's figures and the generator's own are in the report", MINUTES, async () => {
	const { throughput, server: figures, generator, target } = await run("--members", "6");
	assert.ok(throughput.bytesPerDelivery! > 100 && throughput.bytesPerDelivery! < 2_000);
	assert.ok(figures!.rssMaxMb > 20 && figures!.cpuCores > 0);
	assert.ok(generator.cpuUsPerDelivery > generator.bookkeepingUsPerDelivery);
	assert.equal(target.path, "this machine");
});
