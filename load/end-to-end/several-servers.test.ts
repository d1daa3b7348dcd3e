import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fetchMetrics, readMetric } from "../kit/metrics.ts";
import { newSecret, type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { LoadRun, load } from "../testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const POLL_MS = 50;
const FEW = "--users 12 --rooms 2 --rate 4 --duration 4 --arrivals 12 --p99 60000".split(" ");

/** Two servers that accept each other's sessions and exchange no messages. */
let servers: OwnServer[];
let targets: string;
let env: { LOAD_TOKEN: string };

before(async () => {
	const options = { loadToken: newSecret(), env: { SESSION_SECRET: newSecret() } };
	servers = [await startOwnServer(options), await startOwnServer(options)];
	targets = servers.map(({ url }) => url).join(",");
	env = { LOAD_TOKEN: options.loadToken };
});
after(() => Promise.all(servers.map((server) => server.stop())));

async function connections({ url }: OwnServer): Promise<number | undefined> {
	return readMetric(await fetchMetrics(url), "hubbub_connections");
}

test(
	"users are spread over the targets, also after a storm, and the figures of each server are shown",
	MINUTES,
	async () => {
		using run = new LoadRun(["--target", targets, ...FEW, "--profile", "storm", "--duration", "6"], env);
		const most = [0, 0];
		let ended = false;
		void run.ended.then(() => {
			ended = true;
		});
		while (!ended) {
			for (const [index, server] of servers.entries()) {
				most[index] = Math.max(most[index]!, (await connections(server)) ?? 0);
			}
			await sleep(POLL_MS);
		}
		const { output, result } = await run.ended;
		// After the storm some users are back before the server has noticed that they were gone.
		assert.ok(
			most.every((connected) => connected >= 6 && connected < 12),
			`${most}\n${output}`,
		);
		assert.equal(result?.latency.resume?.count, 12, output);
		const { server, servers: each, target, seconds } = result!;
		assert.deepEqual(target.urls, targets.split(","));
		assert.deepEqual(
			each.map(({ name }) => `http://${name}`),
			target.urls,
		);
		assert.equal(server!.rssMaxMb, each[0]!.rssMaxMb + each[1]!.rssMaxMb);
		assert.ok(seconds.some(({ serverRssMb }) => serverRssMb! > Math.max(...each.map(({ rssMaxMb }) => rssMaxMb))));
		assert.match(output, new RegExp(`${each[1]!.name}: .* of a core, .* MB`));
	},
);

test(
	"a message sent to one server is owed at the others: two that exchange nothing fail the run",
	MINUTES,
	async () => {
		const { code, output, result } = await load(["--target", targets, ...FEW], env);
		assert.equal(code, 1, output);
		const { lost, altered } = result!.accounting;
		assert.ok(lost + altered > 0, output);
		assert.match(output, /FAILED/);
	},
);

test("servers that do not accept each other's sessions are refused before anything is sent", MINUTES, async () => {
	const stranger = await startOwnServer({ loadToken: env.LOAD_TOKEN });
	try {
		const { code, output } = await load(["--target", `${targets},${stranger.url}`, ...FEW], env);
		assert.equal(code, 2, output);
		assert.match(output, /not servers of one chat.*SESSION_SECRET/);
	} finally {
		await stranger.stop();
	}
});
