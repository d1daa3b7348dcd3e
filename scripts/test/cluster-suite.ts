import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "./counts.ts";
import type { FileGraph } from "./file-graph.ts";
import { type NodeSuite, runNodeSuite } from "./node-suite.ts";
import { runProgram } from "./run-program.ts";
import { type SharedServers, startSharedServers } from "./shared-servers.ts";

/** The environment variable of app/testing/shared-servers.ts. A test that reaches it can run on PostgreSQL and Redis. */
const SHARED_DATABASE = "TEST_TEMPLATE_URL";
/** The environment variable of app/testing/open-chat.ts. A test that reaches it can run on several processes. */
const PROCESSES = "TEST_PROCESSES";

const BUILD_DEADLINE_MS = 120_000;

/**
 * Runs the tests that start a server on PostgreSQL and Redis. A chat that a test uses only by its address is two processes
 * of the bundled server behind a balancer, and in a second run three.
 * @param suite the files to choose from
 */
export async function runClusterSuite(suite: NodeSuite, graph: FileGraph): Promise<Counts> {
	const onServers = suite.files.filter((file) => graph.mentions(file, SHARED_DATABASE));
	if (onServers.length === 0) return NONE;
	const onChats = onServers.filter((file) => graph.mentions(file, PROCESSES));
	const folder = mkdtempSync(join(tmpdir(), "hubbub-bundle-"));
	let servers: SharedServers | undefined;
	try {
		const build = join(root, "scripts", "build-server.ts");
		const building = runProgram(process.execPath, [build, "--out", folder], { deadlineMs: BUILD_DEADLINE_MS });
		const { code, output } = await building;
		if (code !== 0) throw new Error(`The server could not be built.\n${output}`);
		servers = await startSharedServers({ ...suite.env });
		const env = { ...suite.env, ...servers.env, TEST_SERVER: join(folder, "main.mjs") };
		const run = (files: string[], processes: number) =>
			runNodeSuite({ ...suite, files, env: { ...env, [PROCESSES]: `${processes}` } });
		return (await Promise.all([run(onServers, 2), run(onChats, 3)])).reduce(add);
	} finally {
		await servers?.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
