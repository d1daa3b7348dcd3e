/**
 * Servers in processes of their own. A process runs one server after the other, because loading the server's source takes
 * longer than most tests. As a program, this file is such a process.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openServer, type ServerOptions } from "./open-server.ts";

/** A request to the process, and its answer. */
type Request = { start: ServerOptions } | { stop: true };
type Answer = { url: string } | { stopped: true } | { error: string };

/** A server in a process of its own. */
export type TestServerProcess = {
	url: string;
	/** Drains and stops the server. Rejects if it can't, or if its process has ended. */
	stop(): Promise<void>;
};

/** Without the variable by which a process is part of a test run. */
const ENV = { ...process.env, NODE_TEST_CONTEXT: undefined };

const idle: ChildProcess[] = [];
const running = new Set<ChildProcess>();

if (import.meta.main) serve();
else
	process.once("exit", () => {
		for (const child of running) child.kill("SIGKILL");
	});

/** Starts a server on a free port. Rejects if it can't start. */
export async function startServerProcess(options: ServerOptions): Promise<TestServerProcess> {
	const child = idle.pop() ?? fork(fileURLToPath(import.meta.url), { execArgv: [], env: ENV });
	running.add(child);
	const answer = await ask(child, { start: options });
	if (!("url" in answer)) throw new Error("The process started no server.");
	return {
		url: answer.url,
		async stop() {
			await ask(child, { stop: true });
			idle.push(child);
		},
	};
}

/** Sends a request. The process keeps this one alive only until it answers. */
async function ask(child: ChildProcess, request: Request): Promise<Answer> {
	const done = new AbortController();
	child.ref();
	child.channel?.ref();
	child.send(request);
	const ended = once(child, "exit", { signal: done.signal }).then(([code, signal]) => {
		throw new Error(`A server ended with ${code ?? signal}.`);
	});
	const answered = once(child, "message", { signal: done.signal });
	const [answer] = (await Promise.race([answered, ended])) as [Answer];
	ended.catch(() => {}); // aborted
	done.abort();
	child.unref();
	child.channel?.unref();
	if ("error" in answer) throw new Error(answer.error);
	return answer;
}

function serve(): void {
	let stop: (() => Promise<void>) | undefined;
	async function answer(request: Request): Promise<Answer> {
		if ("stop" in request) {
			await stop?.();
			return { stopped: true };
		}
		const server = await openServer(request.start);
		stop = server.stop;
		return { url: server.url };
	}
	process.on("message", async (request: Request) => {
		process.send?.(await answer(request).catch((error: Error): Answer => ({ error: String(error.stack) })));
	});
	process.on("disconnect", () => process.exit());
}
