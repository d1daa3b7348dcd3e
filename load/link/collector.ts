import { createServer, type Server, type Socket } from "node:net";
import { sum } from "../kit/latency.ts";
import { type RoomEvidence, readEvidence } from "../ledger/evidence.ts";
import { type Accounting, settle } from "../ledger/settle.ts";
import { addChecks, type StateCheck } from "../state/state-check.ts";
import { readJsonLines, writeJsonLine } from "./json-lines.ts";
import type { FromThread, Heads, Second, ToThread } from "./messages.ts";

type Closed = { turnsPlanned: number; turnsTaken: number; states: StateCheck };

/** Collects the reports of the generator's threads, and sends them the commands of the run. */
export class Collector {
	readonly seconds: Second[] = [];
	readonly #server: Server;
	readonly #expected: number;
	readonly #threads = new Set<Socket>();
	readonly #greeted = new Map<number, Socket>();
	readonly #arrivals = new Map<number, { joined: number; failed: number }>();
	readonly #drained = new Map<number, boolean>();
	readonly #closed = new Map<number, Closed>();
	readonly #rooms: RoomEvidence[] = [];
	readonly #heads: Heads = {};

	constructor(threads: number) {
		this.#expected = threads;
		this.#server = createServer((socket) => {
			this.#threads.add(socket);
			socket.on("close", () => this.#threads.delete(socket));
			socket.on("error", () => socket.destroy());
			readJsonLines(socket, (message) => this.#receive(message as FromThread, socket));
		});
	}

	listen(path: string): Promise<void> {
		return new Promise((resolve, reject) => this.#server.once("error", reject).listen(path, resolve));
	}

	close(): void {
		for (const socket of this.#threads) socket.destroy();
		this.#server.close();
	}

	get arrivals(): { joined: number; failed: number } {
		const all = this.#arrivals.values().toArray();
		return { joined: sum(all, ({ joined }) => joined), failed: sum(all, ({ failed }) => failed) };
	}

	/** Whether every thread has received everything up to the highest seq that any of them knows. */
	get drained(): boolean {
		const all = this.#drained.values().toArray();
		return all.length > 0 && all.length === this.#threads.size && !all.includes(false);
	}

	/** Whether every thread has handed over its evidence. */
	get complete(): boolean {
		return this.#closed.size > 0 && this.#closed.size >= this.#threads.size;
	}

	get turns(): { planned: number; taken: number } {
		const all = this.#closed.values().toArray();
		return { planned: sum(all, ({ turnsPlanned }) => turnsPlanned), taken: sum(all, ({ turnsTaken }) => turnsTaken) };
	}

	get states(): StateCheck {
		return addChecks(this.#closed.values().map(({ states }) => states));
	}

	settle(): Accounting {
		return settle(this.#rooms);
	}

	/** Sends to all threads. */
	send(message: ToThread): void {
		for (const socket of this.#threads) writeJsonLine(socket, message);
	}

	#receive(message: FromThread, socket: Socket): void {
		if (message.type === "hello") this.#greet(message.worker, socket);
		else if (message.type === "arrivals") this.#arrivals.set(message.worker, message);
		else if (message.type === "second") this.seconds.push(message);
		else if (message.type === "tail") this.#receiveTail(message.worker, message.drained, message.heads);
		else if (message.type === "room") this.#rooms.push(readEvidence(message.evidence));
		else this.#closed.set(message.worker, message);
	}

	/** Numbers the threads once all are connected, in Artillery's order: it gives the remainder of the users to the first. */
	#greet(worker: number, socket: Socket): void {
		this.#greeted.set(worker, socket);
		if (this.#greeted.size < this.#expected) return;
		const inOrder = [...this.#greeted].sort(([a], [b]) => a - b);
		for (const [index, [, thread]] of inOrder.entries()) writeJsonLine(thread, { type: "welcome", index });
	}

	/** A thread is drained up to the heads that it knows. When a head rises, every thread must report again. */
	#receiveTail(worker: number, drained: boolean, heads: Heads): void {
		let hasRisen = false;
		for (const [room, head] of Object.entries(heads)) {
			if (head <= (this.#heads[room] ?? 0)) continue;
			this.#heads[room] = head;
			hasRisen = true;
		}
		this.#drained.set(worker, drained);
		if (!hasRisen) return;
		for (const known of this.#drained.keys()) this.#drained.set(known, false);
		this.send({ type: "heads", heads: this.#heads });
	}
}
