import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { RowRun } from "../../kit/suite/row-run.ts";

const ATTACH_TIMEOUT_MS = 10_000;

/** Returns why the system calls of a process cannot be made to fail on this machine; undefined if they can. */
export function noStrace(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for strace";
	if (spawnSync("strace", ["-V"]).error) return "needs strace";
	// Whether strace may attach to a process that it did not start depends on the kernel's settings.
	const sleeper = spawn("sleep", ["60"], { stdio: "ignore" });
	const attempt = `timeout 1 strace -p ${sleeper.pid} -e trace=none`;
	const { status, stderr } = spawnSync("sh", ["-c", attempt], { encoding: "utf8" });
	sleeper.kill("SIGKILL");
	return status === 124 || /attached/.test(stderr) ? undefined : "strace may not attach to a process";
}

/** Makes these system calls of the process fail with EIO on the database's files. Returns a function that ends that. */
export async function failCalls(
	{ cleanUp }: Pick<RowRun, "cleanUp">,
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
		strace.once("exit", () => reject(new Error("strace exited before it attached.")));
	});
	// Unread output would block strace, and the server with it.
	strace.stderr.resume();
	return async () => {
		const gone = once(strace, "exit");
		strace.kill("SIGINT");
		await gone;
	};
}
