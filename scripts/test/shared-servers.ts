import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../root.ts";

const PROGRAM = join(root, "app/testing/shared-servers.ts");

/** `env` has the variables by which tests find the servers. */
export type SharedServers = { env: Record<string, string>; stop(): Promise<void> };

/** Starts a PostgreSQL and a Redis for many test files. They end with this process at the latest. */
export async function startSharedServers(env: Record<string, string>): Promise<SharedServers> {
	const child = spawn(process.execPath, [PROGRAM], {
		env: { ...process.env, ...env },
		stdio: ["pipe", "pipe", "inherit"],
	});
	const ended = once(child, "exit");
	const [line] = await Promise.race([
		once(createInterface({ input: child.stdout }), "line"),
		ended.then(([code]) =>
			Promise.reject(new Error(`The shared PostgreSQL and Redis did not start: exit code ${code}.`)),
		),
	]);
	return {
		env: JSON.parse(line),
		async stop() {
			child.stdin.end();
			await ended;
		},
	};
}
