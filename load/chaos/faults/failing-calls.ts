import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Stage } from "../rows/row.ts";

const ATTACH_TIMEOUT_MS = 10_000;

/** Why the calls of a process can't be made to fail here, if they can't. */
export function noStrace(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for strace";
	if (spawnSync("strace", ["-V"]).error) return "needs strace";
	// Whether it may attach to what it did not start is the system's choice.
	const sleeper = spawn("sleep", ["60"], { stdio: "ignore" });
	const attempt = `timeout 1 strace -p ${sleeper.pid} -e trace=none`;
	const { status, stderr } = spawnSync("sh", ["-c", attempt], { encoding: "utf8" });
	sleeper.kill("SIGKILL");
	return status === 124 || /attached/.test(stderr) ? undefined : "strace may not attach to a process here";
}

/** These calls of the process, on the database's files, fail from now on with an I/O error; the answer makes them well. */
export async function failCalls(
	{ cleanUp }: Stage,
	pid: number,
	path: string,
	calls: string,
): Promise<() => Promise<void>> {
	const files = ["", "-wal", "-journal"].flatMap((part) => ["-P", path + part]);
	const strace = spawn("strace", ["-f", "-p", String(pid), ...files, "-e", `inject=${calls}:error=EIO`], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	cleanUp.add(() => strace.kill("SIGKILL"));
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error("strace did not attach in time.")), ATTACH_TIMEOUT_MS);
		strace.stderr.once("data", () => {
			clearTimeout(timer);
			resolve();
		});
		strace.once("exit", () => reject(new Error("strace ended by itself.")));
	});
	// What it reports has to be read, or it stops, and the server with it.
	strace.stderr.resume();
	return async () => {
		const gone = once(strace, "exit");
		strace.kill("SIGINT");
		await gone;
	};
}
