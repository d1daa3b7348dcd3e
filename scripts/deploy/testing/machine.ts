import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { freePort } from "../../../load/kit/free-port.ts";
import { root } from "../../root.ts";
import type { FakeApp, FakeFlyState, FakeMachine } from "./state.ts";

const STOP_TIMEOUT_MS = 30_000;

/**
 * Restarts machines with a build. With real databases each machine is a server with its own port; otherwise one server on
 * SQLite represents all machines of the app.
 */
export async function restartAs(state: FakeFlyState, app: FakeApp, machines: FakeMachine[], build: string) {
	for (const machine of machines) machine.state = "started";
	if (state.databases === undefined) {
		for (const machine of app.machines) await stopMachine(machine);
		const pid = startMachine(state, app.secrets, build, app.machines[0]);
		for (const machine of app.machines) Object.assign(machine, { pid, build });
		return;
	}
	for (const machine of machines) {
		await stopMachine(machine);
		machine.port = await freePort();
		Object.assign(machine, { build, pid: startMachine(state, app.secrets, build, machine) });
	}
}

/** Starts the server from the sources with the environment of fly.toml and the secrets. Returns its process id. */
export function startMachine(
	state: FakeFlyState,
	secrets: Record<string, string>,
	build: string,
	{ id = "", port = state.port }: Partial<FakeMachine> = {},
): number {
	const { env } = parse(readFileSync(join(root, "fly.toml"), "utf8")) as { env: Record<string, string> };
	const log = openSync(join(state.dataFolder, "machine.log"), "a");
	const child = spawn(process.execPath, [join(root, "app", "main.ts")], {
		cwd: root,
		detached: true,
		stdio: ["ignore", log, log],
		env: {
			PATH: process.env.PATH,
			NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
			...env,
			...localAddresses(state, secrets),
			FLY_MACHINE_ID: id,
			HOST: "127.0.0.1",
			PORT: String(port),
			METRICS_PORT: "0",
			DATABASE_PATH: join(state.dataFolder, "hubbub.db"),
			BUILD_ID: build,
		},
	});
	child.unref();
	return child.pid!;
}

/** Replaces the private addresses of Fly.io (.internal) with those of the real databases. */
export function localAddresses({ databases }: FakeFlyState, secrets: Record<string, string>): Record<string, string> {
	const { DATABASE_URL, REDIS_URL, ...others } = secrets;
	if (databases === undefined) return others;
	return {
		...others,
		...(DATABASE_URL === undefined ? {} : { DATABASE_URL }),
		...(REDIS_URL === undefined
			? {}
			: { REDIS_URL: REDIS_URL.replace(/@[\w-]+\.internal:6379/, `@127.0.0.1:${databases.redisPort}`) }),
	};
}

export async function stopMachine(machine: FakeMachine): Promise<void> {
	if (machine.pid !== undefined) await stopProcess(machine.pid);
	machine.pid = undefined;
}

/** Stops a process as Fly.io does: SIGTERM, then SIGKILL after a timeout. */
export async function stopProcess(pid: number): Promise<void> {
	signal(pid, "SIGTERM");
	const deadline = performance.now() + STOP_TIMEOUT_MS;
	while (signal(pid, 0)) {
		if (performance.now() > deadline) signal(pid, "SIGKILL");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** Sends a signal. Returns whether the process exists. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}
