import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../load/kit/free-port.ts";
import { runFlyctl } from "./fake-flyctl.ts";
import { startMachine, stopProcess } from "./machine.ts";
import { emptyState, type FakeFlyState } from "./state.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export type ScriptRun = { code: number | null; output: string };

/** Starts a fake Fly.io for a test: a fake flyctl on the PATH, and functions that run the real scripts with it. */
export async function startFakeFly(t: TestContext, setUp: (state: FakeFlyState) => void = () => {}) {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-fly-"));
	const dataFolder = join(folder, "data");
	const port = await freePort();
	mkdirSync(dataFolder);
	const state = emptyState(port, dataFolder);
	setUp(state);
	const flyctl = createServer((socket) => void answer(state, socket)).listen(0, "127.0.0.1");
	await once(flyctl, "listening");
	installFlyctl(join(folder, "bin"), (flyctl.address() as AddressInfo).port);

	t.after(async () => {
		flyctl.close();
		for (const app of Object.values(state.apps)) {
			for (const { pid } of app.machines) if (pid !== undefined) await stopProcess(pid);
		}
		rmSync(folder, { recursive: true, force: true });
	});

	const env = {
		PATH: `${join(folder, "bin")}:${process.env.PATH}`,
		HOME: folder,
		NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
	};
	return {
		url: `http://127.0.0.1:${port}`,
		/** Returns a copy. */
		state: () => structuredClone(state),
		change: (edit: (state: FakeFlyState) => void) => edit(state),
		/** Restarts the app's machine with another build id, as if that build had been deployed. */
		async restartAs(name: string, build: string): Promise<void> {
			const app = state.apps[name]!;
			const machine = app.machines[0]!;
			await stopProcess(machine.pid!);
			machine.pid = startMachine(state, app.secrets, build);
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
	return runCommand(process.execPath, [join(root, "scripts", script), ...args], typed, env);
}

/** Runs a command with `typed` as standard input. */
export function runCommand(command: string, args: string[], typed: string, env: NodeJS.ProcessEnv): Promise<ScriptRun> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: tmpdir(), env });
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

/**
 * Installs a flyctl that hands its command line and its standard input to the server on `port`. It is in bash, without
 * another program, because a deployment runs it a dozen times: Node, and even `cat`, would take longer than all the rest.
 */
function installFlyctl(folder: string, port: number): void {
	mkdirSync(folder);
	const program = [
		"#!/usr/bin/env bash",
		`exec 3<> "/dev/tcp/127.0.0.1/${port}"`,
		"IFS= read -r -d '' input", // up to the end, because there is no NUL
		`printf '%s\\0' "$#" "$@" "\${input%$'\\n'}" >&3`,
		"read -r code <&3",
		"IFS= read -r -d '' output <&3",
		'[ "$code" = 0 ] || exec >&2',
		`printf '%s' "$output"`,
		'exit "$code"',
	];
	writeFileSync(join(folder, "flyctl"), `${program.join("\n")}\n`);
	chmodSync(join(folder, "flyctl"), 0o755);
}

/** Sends the exit code of a command on a line, then its output. */
async function answer(state: FakeFlyState, socket: Socket): Promise<void> {
	let request = "";
	socket.setEncoding("utf8").on("error", () => {}); // its command was killed
	for await (const chunk of socket) {
		request += chunk;
		const [count = "", ...fields] = request.split("\0");
		// The last field is followed by a NUL too, so the split has an empty one after it.
		if (fields.length < Number(count) + 2) continue;
		const { code, output } = await runFlyctl(state, fields.slice(0, Number(count)), fields[Number(count)]!);
		socket.end(`${code}\n${output}\n`);
	}
}
