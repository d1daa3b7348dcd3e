import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { watchPage } from "./page/watch.ts";
import { root } from "./root.ts";

const HELP = `npm run dev

The server and the page, each made anew when its files change; a page that is open reloads by itself.
Settings come from the environment, as for npm start. Ctrl-C ends both.
`;

if (process.argv.includes("--help")) console.log(HELP);
else await develop();

async function develop(): Promise<void> {
	const page = await watchPage((line) => console.log(`page   | ${line}`));
	const server = startServer();
	const stop = () => {
		void page.dispose();
		server.kill("SIGTERM");
	};
	process.on("SIGINT", stop);
	process.on("SIGTERM", stop);
	server.on("exit", (code) => {
		void page.dispose();
		process.exitCode = code ?? 0;
	});
}

/**
 * Node's own watch mode: the server runs unbuilt, and Node knows which files it has loaded, workers included.
 * It sends SIGTERM and waits, so each restart is also an orderly end.
 */
function startServer(): ChildProcess {
	const args = ["--watch", "--watch-preserve-output", "app/main.ts"];
	// In a group of its own: Ctrl-C reaches the server once, from us, and not from the terminal as well.
	const detached = process.platform !== "win32";
	const server = spawn(process.execPath, args, { cwd: root, detached, stdio: ["ignore", "pipe", "pipe"] });
	for (const stream of [server.stdout, server.stderr]) prefix(stream);
	return server;
}

function prefix(stream: Readable): void {
	createInterface({ input: stream }).on("line", (line) => console.log(`server | ${line}`));
}
