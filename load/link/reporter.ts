import { connect, type Socket } from "node:net";
import { threadId } from "node:worker_threads";
import { readJsonLines, writeJsonLine } from "./json-lines.ts";
import type { FromThread, ToThread } from "./messages.ts";

type WithoutWorker<Message> = Message extends FromThread ? Omit<Message, "worker"> : never;

/** Connects a generator thread with the {@link Collector} of the run. */
export class Reporter {
	readonly #socket: Socket;

	constructor(path: string, onMessage: (message: ToThread) => void) {
		this.#socket = connect(path);
		readJsonLines(this.#socket, (message) => onMessage(message as ToThread));
		// The generator must not outlive its run, whatever ended that.
		this.#socket.on("error", () => process.kill(process.pid, "SIGTERM"));
		this.#socket.on("close", () => process.kill(process.pid, "SIGTERM"));
	}

	send(message: WithoutWorker<FromThread>): void {
		writeJsonLine(this.#socket, { ...message, worker: threadId });
	}
}
