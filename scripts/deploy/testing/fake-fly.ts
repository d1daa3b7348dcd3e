import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../load/kit/free-port.ts";
import { startMachine, stopProcess } from "./machine.ts";
import { emptyState, type FakeFlyState, readState, writeState } from "./state.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export type ScriptRun = { code: number | null; output: string };

/** Starts a fake Fly.io for a test: a fake flyctl on the PATH, and functions that run the real scripts with it. */
export async function startFakeFly(t: TestContext, setUp: (state: FakeFlyState) => void = () => {}) {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-fly-"));
	const file = join(folder, "state.json");
	const dataFolder = join(folder, "data");
	const port = await freePort();
	mkdirSync(dataFolder);
	const initial = emptyState(port, dataFolder);
	setUp(initial);
	writeState(file, initial);
	installFakeFlyctl(join(folder, "bin"));

	t.after(async () => {
		for (const app of Object.values(readState(file).apps)) {
			for (const { pid } of app.machines) if (pid !== undefined) await stopProcess(pid);
		}
		rmSync(folder, { recursive: true, force: true });
	});

	const env = {
		PATH: `${join(folder, "bin")}:${process.env.PATH}`,
		HOME: folder,
		FAKE_FLYCTL_STATE: file,
		// A deployment starts Node a dozen times.
		NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
	};
	return {
		url: `http://127.0.0.1:${port}`,
		state: () => readState(file),
		change(edit: (state: FakeFlyState) => void) {
			const state = readState(file);
			edit(state);
			writeState(file, state);
		},
		/** Restarts the app's machine with another build id, as if that build had been deployed. */
		async restartAs(name: string, build: string): Promise<void> {
			const state = readState(file);
			const app = state.apps[name]!;
			const machine = app.machines[0]!;
			await stopProcess(machine.pid!);
			machine.pid = startMachine(state, app.secrets, build);
			writeState(file, state);
		},
		machineLog: () => readFileSync(join(dataFolder, "machine.log"), "utf8"),
		dataFiles: () => readdirSync(dataFolder),
		/** The environment in which a command finds the fake flyctl. */
		env,
		/** Runs `npm run deploy -- ARGS` with `typed` as standard input. */
		deploy: (args: string[], typed = "", more: NodeJS.ProcessEnv = {}) =>
			runScript("deploy.ts", args, typed, { ...env, ...more }),
		/** Runs another script with the same flyctl. */
		run: (script: string, args: string[]) => runScript(script, args, "", env),
	};
}

export function runScript(script: string, args: string[], typed: string, env: NodeJS.ProcessEnv): Promise<ScriptRun> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(root, "scripts", script), ...args], { cwd: tmpdir(), env });
		let output = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (chunk: string) => {
				output += chunk;
			});
		}
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, output }));
		child.stdin.end(typed);
	});
}

function installFakeFlyctl(folder: string): void {
	mkdirSync(folder);
	const script = fileURLToPath(new URL("fake-flyctl.ts", import.meta.url));
	const wrapper = join(folder, "flyctl");
	writeFileSync(wrapper, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
	chmodSync(wrapper, 0o755);
}
