import { connect, type Socket } from "node:net";
import { threadId } from "node:worker_threads";
import { readJsonLines, writeJsonLine } from "./json-lines.ts";
import type { FromWorker, ToWorker } from "./lines.ts";

type WithoutWorker<Line> = Line extends FromWorker ? Omit<Line, "worker"> : never;

/** A generator thread's end of the line to the run. */
export class Reporter {
	readonly #socket: Socket;

	constructor(path: string, onOrder: (order: ToWorker) => void) {
		this.#socket = connect(path);
		readJsonLines(this.#socket, (line) => onOrder(line as ToWorker));
		// Without the run there is nobody to load for: the whole generator goes, be the run killed or crashed.
		this.#socket.on("error", () => process.kill(process.pid, "SIGTERM"));
		this.#socket.on("close", () => process.kill(process.pid, "SIGTERM"));
	}

	send(line: WithoutWorker<FromWorker>): void {
		writeJsonLine(this.#socket, { ...line, worker: threadId });
	}
}
