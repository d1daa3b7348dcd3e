import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The program: its bundle, which starts sooner, where the run has made one. */
const PROGRAM = process.env.TEST_SERVER ?? fileURLToPath(new URL("../main.ts", import.meta.url));
const RUN = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];

const running = new Set<ChildProcess>();
process.once("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

/** The real program in a process of its own, on a free port. */
export type ServerProcess = {
	url: string;
	/** Has it drain and end. Rejects when it did not end in an orderly way, now or before. */
	stop(): Promise<void>;
};

/** Resolves when it listens. Rejects when it ends before. What it has to complain of goes to standard error. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
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
