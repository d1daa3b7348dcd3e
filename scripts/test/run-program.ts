import { spawn } from "node:child_process";
import { root } from "../root.ts";

const GRACE_MS = 5_000;
const running = new Set<() => void>();

export type Run = { code: number; output: string; timedOut: boolean };

/**
 * Runs a program in its own process group, so that ending it ends whatever it started.
 * @param echo show its output as it comes, instead of only returning it
 * @param deadlineMs when it is over, the program is asked to stop, then killed
 */
export function runProgram(
	command: string,
	args: string[],
	options: { deadlineMs: number; echo?: boolean; env?: Record<string, string | undefined> },
): Promise<Run> {
	const detached = process.platform !== "win32";
	const env = { ...process.env, NODE_TEST_CONTEXT: undefined, ...options.env };
	const child = spawn(command, args, { cwd: root, detached, env, stdio: ["ignore", "pipe", "pipe"] });
	const run: Run = { code: 1, output: "", timedOut: false };
	const stop = (signal: NodeJS.Signals) => {
		try {
			if (detached && child.pid) process.kill(-child.pid, signal);
			else child.kill(signal);
		} catch {
			// The whole group is gone already.
		}
	};
	const kill = () => stop("SIGKILL");
	running.add(kill);
	const deadline = setTimeout(() => {
		run.timedOut = true;
		child.kill("SIGTERM");
		setTimeout(kill, GRACE_MS).unref();
	}, options.deadlineMs);

	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			run.output += text;
			if (options.echo) process.stdout.write(text);
		});
	}
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => {
			clearTimeout(deadline);
			running.delete(kill);
			stop("SIGKILL");
			resolve({ ...run, code: code ?? 1 });
		});
	});
}

/** Ends everything that is still running: for an interrupted test run. */
export function killAll(): void {
	for (const kill of running) kill();
}
