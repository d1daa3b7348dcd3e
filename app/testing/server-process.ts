import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The program: the bundle in `TEST_SERVER`, which starts sooner, or the source. */
const PROGRAM = process.env.TEST_SERVER ?? fileURLToPath(new URL("../main.ts", import.meta.url));
const RUN = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];

const running = new Set<ChildProcess>();
process.once("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

/** The real program in a process of its own, on a free port. */
export type TestServerProcess = {
	url: string;
	/** Drains and ends the process. Rejects unless it ends, or has ended, with code 0. */
	stop(): Promise<void>;
};

/** Resolves when the server listens, and rejects if it ends before. Its errors are written to standard error. */
export async function startServerProcess(env: Record<string, string>): Promise<TestServerProcess> {
	const child = spawn(process.execPath, [...RUN, PROGRAM], {
		env: {
			PATH: process.env.PATH,
			NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
			...env,
			HOST: "127.0.0.1",
			PORT: "0",
			LOG_LEVEL: "info",
		},
		stdio: ["ignore", "pipe", "inherit"],
	});
	running.add(child);
	const ended = once(child, "exit").finally(() => running.delete(child));
	const url = await new Promise<string>((resolve, reject) => {
		ended.then(([code]) => reject(new Error(`The server ended with ${code} before it listened.`)), reject);
		createInterface({ input: child.stdout }).on("line", (line) => {
			const { level, msg, url } = JSON.parse(line);
			if (msg === "listening") resolve(url);
			if (level === "error" || level === "fatal") console.error(line);
		});
	});
	async function stop(): Promise<void> {
		child.kill("SIGTERM");
		const [code, signal] = await ended;
		if (code !== 0) throw new Error(`A server ended with ${code ?? signal}.`);
	}
	return { url, stop };
}
