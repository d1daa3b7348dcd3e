import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { StoreSettings } from "../open.ts";

/** A message that was acknowledged to the process. */
export type Acked = { room: string; seq: number; body: string };

const PROGRAM = fileURLToPath(new URL("./appending-process.ts", import.meta.url));
const RUN = "Deno" in globalThis ? ["run", "-A", "--no-check", PROGRAM] : [PROGRAM];

/** Starts a process that appends to a store. Returns the messages acknowledged to it, and methods to wait for it and to kill it. */
export function startAppending(settings: StoreSettings, author: string, limit?: number) {
	const args = [...RUN, JSON.stringify(settings), author, ...(limit ? [String(limit)] : [])];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
	const acked: Acked[] = [];
	const lines = createInterface({ input: child.stdout });
	const closed = once(lines, "close");
	const exited = once(child, "exit") as Promise<[code: number | null, signal: string | null]>;
	let wake = () => {};
	lines.on("line", (line) => {
		// The last line of a killed process may be incomplete.
		if (line.endsWith("]")) acked.push(...(JSON.parse(line) as Acked[]));
		wake();
	});

	return {
		acked,
		/** Resolves when `count` messages are acknowledged; rejects if the process ends before. */
		async reached(count: number): Promise<void> {
			const ended = exited.then(([code]) => Promise.reject(new Error(`the process ended early with ${code}`)));
			ended.catch(() => undefined);
			while (acked.length < count) await Promise.race([ended, new Promise<void>((resolve) => (wake = resolve))]);
		},
		/** Kills it with SIGKILL. */
		async kill(): Promise<void> {
			child.kill("SIGKILL");
			await Promise.all([exited, closed]);
		},
		/** Resolves with its exit code when it ends by itself. */
		async ended(): Promise<number | null> {
			const [[code]] = await Promise.all([exited, closed]);
			return code;
		},
	};
}
