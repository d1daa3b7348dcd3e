import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";
import { CoreSlots } from "./core-slots.ts";
import { stageOrder } from "./stage-context.ts";

const GRACE_MS = 5_000;
const running = new Set<() => void>();
/** More than the cores, because programs wait now and then, for timers and for each other. */
const slots = new CoreSlots(Math.max(2, availableParallelism()) + 0.5);

/** The compile cache of all programs of this run and of later runs. */
const COMPILE_CACHE = join(root, "node_modules", ".cache", "test-compile-cache");

export type Run = { code: number; output: string; timedOut: boolean };

type RunOptions = {
	/** Time after which the program is asked to stop, and then killed. */
	deadlineMs: number;
	env?: Record<string, string | undefined>;
	/** The cores that the program keeps busy: less than 1 if it mostly waits, 1 by default. */
	share?: number;
};

/** Runs a program when enough cores are free, in its own process group, so that ending it ends its children too. */
export function runProgram(command: string, args: string[], options: RunOptions): Promise<Run> {
	return slots.use(options.share ?? 1, stageOrder(), () => runNow(command, args, options));
}

function runNow(command: string, args: string[], options: RunOptions): Promise<Run> {
	const detached = process.platform !== "win32";
	const env = { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, NODE_TEST_CONTEXT: undefined, ...options.env };
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
		});
	}
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code, signal) => {
			if (signal !== null) run.output += `\nEnded by ${signal}.\n`;
			clearTimeout(deadline);
			running.delete(kill);
			stop("SIGKILL");
			resolve({ ...run, code: code ?? 1 });
		});
	});
}

/** Ends all running programs, when a test run is interrupted. */
export function killAll(): void {
	for (const kill of running) kill();
}
