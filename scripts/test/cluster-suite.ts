import { type Counts, NONE } from "./counts.ts";
import type { FileGraph } from "./file-graph.ts";
import { type NodeSuite, runNodeSuite } from "./node-suite.ts";
import { startSharedServers } from "./shared-servers.ts";

/** The environment variable of app/testing/shared-servers.ts. A test that reaches it can run on PostgreSQL and Redis. */
const SHARED_DATABASE = "TEST_TEMPLATE_URL";
/** What holds between each two of three processes holds between two. */
const PROCESS_COUNT = "3";

/**
 * Runs the tests that start a server on PostgreSQL and Redis. A chat that a test uses only by its address is several
 * processes behind a balancer.
 * @param suite the files to choose from
 */
export async function runClusterSuite(suite: NodeSuite, graph: FileGraph): Promise<Counts> {
	const files = suite.files.filter((file) => graph.mentions(file, SHARED_DATABASE));
	if (files.length === 0) return NONE;
	const servers = await startSharedServers({ ...suite.env });
	try {
		const env = { ...suite.env, ...servers.env, TEST_PROCESSES: PROCESS_COUNT };
		return await runNodeSuite({ ...suite, files, env });
	} finally {
		await servers.stop();
	}
}
