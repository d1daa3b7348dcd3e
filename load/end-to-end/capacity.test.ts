import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { intercept } from "../testing/intercepting-proxy.ts";
import { type Ended, LoadRun } from "../testing/load-run.ts";

const MINUTES = { timeout: 240_000 };
/** Sixty users in rooms of fifteen: sixty deliveries a second. */
const SEARCH =
	"--find-capacity --users 60 --max-users 60 --members 15 --rate 1 --duration 5 --arrivals 60 --p99 3000".split(" ");

type Report = {
	users: number;
	isAtLeast: boolean;
	limits?: { soft_limit: number; hard_limit: number };
	runs: unknown[];
};

let server: OwnServer;
before(async () => {
	server = await startOwnServer();
});
after(() => server.stop());

async function search(target: string): Promise<Ended & { report: Report; page: string }> {
	using run = new LoadRun(["--target", target, ...SEARCH], { LOAD_TOKEN: server.loadToken });
	const ended = await run.ended;
	const report = JSON.parse(readFileSync(run.file("report.json"), "utf8"));
	return { ...ended, report, page: readFileSync(run.file("report.html"), "utf8") };
}

test("a server that holds every size is reported to hold at least the greatest", MINUTES, async () => {
	const { code, report, output, page } = await search(server.url);
	assert.equal(report.users, 60, output);
	assert.equal(report.isAtLeast, true);
	assert.deepEqual(report.limits, { soft_limit: 48, hard_limit: 60 });
	assert.match(output, /holds at least 60 users at .* messages per second with a p99 under 3,000 ms/);
	assert.match(page, /soft_limit = 48/);
	assert.equal(code, 0);
});

test("a server that needs more time per delivery holds fewer users", MINUTES, async () => {
	// 60 deliveries a second of 32 ms each, one after the other, are work for two such servers.
	const deliveryMs = 32;
	let freeAt = 0;
	using slow = await intercept(server.url, (frame, _entries, push) => {
		freeAt = Math.max(freeAt, performance.now()) + deliveryMs;
		setTimeout(() => push(frame), freeAt - performance.now());
	});
	const { report, output } = await search(slow.url);
	assert.ok(report.users < 60, output);
	assert.match(output, /60 users .* The p99 of the fan-out is/);
});
