import { add, type Counts, NONE } from "./counts.ts";
import type { FileGraph } from "./file-graph.ts";
import { type NodeSuite, runNodeSuite } from "./node-suite.ts";
import { type SharedServers, startSharedServers } from "./shared-servers.ts";

/** The environment variable of app/testing/shared-servers.ts. A test that reaches it can run on PostgreSQL and Redis. */
const SHARED_DATABASE = "TEST_TEMPLATE_URL";
/** The environment variable of app/testing/open-chat.ts. A test that reaches it can run on several processes. */
const PROCESSES = "TEST_PROCESSES";

/**
 * Runs the tests that start a server on PostgreSQL and Redis. A chat that a test uses only by its address is two processes
 * behind a balancer, and in a second run three.
 * @param suite the files to choose from
 */
export async function runClusterSuite(suite: NodeSuite, graph: FileGraph): Promise<Counts> {
	const onServers = suite.files.filter((file) => graph.mentions(file, SHARED_DATABASE));
	if (onServers.length === 0) return NONE;
	const onChats = onServers.filter((file) => graph.mentions(file, PROCESSES));
	let servers: SharedServers | undefined;
	try {
		servers = await startSharedServers({ ...suite.env });
		const env = { ...suite.env, ...servers.env };
		const run = (files: string[], processes: number) =>
			runNodeSuite({ ...suite, files, env: { ...env, [PROCESSES]: `${processes}` } });
		return (await Promise.all([run(onServers, 2), run(onChats, 3)])).reduce(add);
	} finally {
		await servers?.stop();
	}
}
