import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "./counts.ts";
import { type NodeSuite, runNodeSuite } from "./node-suite.ts";

/** What a test file imports that has a server on whichever store the run asks for. */
const STARTS_A_SERVER = /\/(harness|admin|http-app|open-chat)\.ts"/;
/** What it imports to have as many processes as the run asks for. */
const OPENS_A_CHAT = /\/open-chat\.ts"/;

/**
 * Runs the tests that start a server on PostgreSQL and Redis. A chat that is known by its address alone is two processes of
 * the bundled server, and then three, behind a plain balancer.
 * @param suite its files are those to choose from
 */
export async function runClusterSuite(suite: NodeSuite): Promise<Counts> {
	const onServers = suite.files.filter((file) => STARTS_A_SERVER.test(readFileSync(join(root, file), "utf8")));
	if (onServers.length === 0) return NONE;
	const onChats = onServers.filter((file) => OPENS_A_CHAT.test(readFileSync(join(root, file), "utf8")));
	const folder = mkdtempSync(join(tmpdir(), "hubbub-bundle-"));
	try {
		// A copy, for other tests build it anew.
		execFileSync(process.execPath, [join(root, "scripts", "build-server.ts")], { stdio: "pipe" });
		cpSync(join(root, "dist"), folder, { recursive: true });
		const run = (files: string[], processes: number) =>
			runNodeSuite({
				...suite,
				files,
				globalSetup: join(root, "app/testing/shared-servers.ts"),
				env: { ...suite.env, TEST_SERVER: join(folder, "main.mjs"), TEST_PROCESSES: `${processes}` },
			});
		return add(await run(onServers, 2), await run(onChats, 3));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
