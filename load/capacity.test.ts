import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { LocalServer } from "./run/local-server.ts";
import { Line } from "./testing/line.ts";
import { type Ended, LoadRun } from "./testing/load-run.ts";

const MINUTES = { timeout: 240_000 };
/** Sixty people in rooms of fifteen: sixty deliveries a second. */
const SEARCH =
	"--find-capacity --users 60 --max-users 60 --members 15 --rate 1 --duration 5 --arrivals 60 --p99 3000".split(" ");

type Report = {
	users: number;
	isAtLeast: boolean;
	limits?: { soft_limit: number; hard_limit: number };
	runs: unknown[];
};

let server: LocalServer;
before(async () => {
	server = await LocalServer.start();
});
after(() => server.stop());

async function search(target: string): Promise<Ended & { report: Report; page: string }> {
	using run = new LoadRun(["--target", target, ...SEARCH], { LOAD_TOKEN: server.loadToken });
	const ended = await run.ended;
	const report = JSON.parse(readFileSync(run.file("report.json"), "utf8"));
	return { ...ended, report, page: readFileSync(run.file("report.html"), "utf8") };
}

test("a server that holds all it is given is told to hold at least that", MINUTES, async () => {
	const { code, report, output, page } = await search(server.url);
	assert.equal(report.users, 60, output);
	assert.equal(report.isAtLeast, true);
	assert.deepEqual(report.limits, { soft_limit: 48, hard_limit: 60 });
	assert.match(output, /holds at least 60 users at .* messages a second with a p99 under 3,000 ms/);
	assert.match(page, /soft_limit = 48/);
	assert.equal(code, 0);
});

test("a server that needs more CPU for each delivery is found to hold fewer", MINUTES, async () => {
	// 60 deliveries a second of 60 ms each are work for three and a half processors, and there is one.
	const cpuMs = 60;
	await using slow = new Line(server.url, (frame, _entries, push) => {
		const until = performance.now() + cpuMs;
		while (performance.now() < until);
		push(frame);
	});
	const { report, output } = await search(await slow.listen());
	assert.ok(report.users < 60, output);
	assert.match(output, /60 users .* The p99 of the fan-out is/);
});
