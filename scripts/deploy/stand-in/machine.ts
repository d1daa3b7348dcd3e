import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import type { State } from "./state.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const STOP_TIMEOUT_MS = 30_000;

/** Starts a real Hubbub from the sources, with the environment that fly.toml and the secrets give it; its process id. */
export function startMachine(state: State, secrets: Record<string, string>, build: string): number {
	const { env } = parse(readFileSync(join(root, "fly.toml"), "utf8")) as { env: Record<string, string> };
	const log = openSync(join(state.dataFolder, "machine.log"), "a");
	const child = spawn(process.execPath, [join(root, "app", "main.ts")], {
		cwd: root,
		detached: true,
		stdio: ["ignore", log, log],
		env: {
			PATH: process.env.PATH,
			...env,
			...secrets,
			HOST: "127.0.0.1",
			PORT: String(state.port),
			METRICS_PORT: "0",
			DATABASE_PATH: join(state.dataFolder, "hubbub.db"),
			BUILD_ID: build,
		},
	});
	child.unref();
	return child.pid!;
}

/** As the service stops a machine: SIGTERM, and SIGKILL for one that doesn't end in time. */
export async function stopMachine(pid: number): Promise<void> {
	signal(pid, "SIGTERM");
	const deadline = performance.now() + STOP_TIMEOUT_MS;
	while (signal(pid, 0)) {
		if (performance.now() > deadline) signal(pid, "SIGKILL");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** Whether the process was there to get it. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}
