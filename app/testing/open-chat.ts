/** A chat for tests that know only its address: one or several processes, as `TEST_PROCESSES` says. */
import type { TestContext } from "node:test";
import { openBalancer } from "./balancer.ts";
import { type StartOptions, startServer, TEST_SETTINGS, type TestChat } from "./harness.ts";
import { startServerProcess } from "./server-process.ts";
import { testData } from "./test-data.ts";
import { visitorsOf } from "./visitors.ts";

/** Set by the stage of `npm test` that runs these tests on several processes; see `shared-servers.ts`. */
export const PROCESSES = Number(process.env.TEST_PROCESSES ?? 1);

export type ChatOptions = StartOptions & {
	/** For a test of behaviour within one process. The test says why. */
	processes?: 1;
};

/** Opens one server in the test's own process, or several server processes behind a balancer. */
export async function openChat(t: TestContext, options: ChatOptions = {}): Promise<TestChat> {
	const { processes = PROCESSES, ...startOptions } = options;
	return processes === 1 ? startServer(t, startOptions) : startProcesses(t, processes, startOptions);
}

async function startProcesses(
	t: TestContext,
	count: number,
	{ dataFolder, bannedWords, env }: StartOptions,
): Promise<TestChat> {
	const data = await testData(t, dataFolder);
	const options = { env: { ...TEST_SETTINGS, LOG_LEVEL: "error", ...data.env, ...env }, bannedWords };
	const started = await Promise.all(Array.from({ length: count }, () => startServerProcess(options)));
	const balancer = await openBalancer(started.map(({ url }) => url));
	const { visitors, closeAll } = visitorsOf(balancer.url);
	let stopping: Promise<void> | undefined;
	function stop(): Promise<void> {
		stopping ??= (async () => {
			closeAll();
			await Promise.all(started.map((process) => process.stop()));
			balancer.close();
		})();
		return stopping;
	}
	data.usedBy(stop);
	return { ...visitors, url: balancer.url, dataFolder: data.folder, stop };
}
