import { createServer, type Server, type Socket } from "node:net";
import { type RoomEvidence, readEvidence } from "../ledger/evidence.ts";
import { type Accounting, settle } from "../ledger/settle.ts";
import { readJsonLines, writeJsonLine } from "./json-lines.ts";
import type { FromWorker, Heads, Second, ToWorker } from "./lines.ts";

type Arrivals = { joined: number; failed: number };
type Turns = { turnsPlanned: number; turnsTaken: number };

/** The run's end of the line to the generator's threads: gathers what they tell, and gives the three orders. */
export class Collector {
	readonly seconds: Second[] = [];
	readonly #server: Server;
	readonly #expected: number;
	readonly #threads = new Set<Socket>();
	readonly #greeted = new Map<number, Socket>();
	readonly #arrivals = new Map<number, Arrivals>();
	readonly #drained = new Map<number, boolean>();
	readonly #turns = new Map<number, Turns>();
	readonly #rooms: RoomEvidence[] = [];
	readonly #heads: Heads = {};
	#onNews: () => void = () => {};

	constructor(threads: number) {
		this.#expected = threads;
		this.#server = createServer((socket) => {
			this.#threads.add(socket);
			socket.on("close", () => this.#threads.delete(socket));
			socket.on("error", () => socket.destroy());
			readJsonLines(socket, (line) => this.#hear(line as FromWorker, socket));
		});
	}

	listen(path: string): Promise<void> {
		return new Promise((resolve, reject) => this.#server.once("error", reject).listen(path, resolve));
	}

	close(): void {
		for (const socket of this.#threads) socket.destroy();
		this.#server.close();
	}

	/** Called whenever a thread has told something. */
	onNews(listener: () => void): void {
		this.#onNews = listener;
	}

	get arrivals(): Arrivals {
		const all = [...this.#arrivals.values()];
		return {
			joined: all.reduce((sum, { joined }) => sum + joined, 0),
			failed: all.reduce((sum, { failed }) => sum + failed, 0),
		};
	}

	/** Whether nothing is under way any more, at any thread, as far as each of them knows. */
	get drained(): boolean {
		return (
			this.#drained.size > 0 &&
			this.#drained.size === this.#threads.size &&
			![...this.#drained.values()].includes(false)
		);
	}

	/** Whether every thread has handed over its evidence. */
	get complete(): boolean {
		return this.#turns.size > 0 && this.#turns.size >= this.#threads.size;
	}

	get turns(): { planned: number; taken: number } {
		const all = [...this.#turns.values()];
		return {
			planned: all.reduce((sum, { turnsPlanned }) => sum + turnsPlanned, 0),
			taken: all.reduce((sum, { turnsTaken }) => sum + turnsTaken, 0),
		};
	}

	settle(): Accounting {
		return settle(this.#rooms);
	}

	order(order: ToWorker): void {
		for (const socket of this.#threads) writeJsonLine(socket, order);
	}

	#hear(line: FromWorker, socket: Socket): void {
		if (line.line === "hello") this.#greet(line.worker, socket);
		else if (line.line === "arrivals") this.#arrivals.set(line.worker, line);
		else if (line.line === "second") this.seconds.push(line);
		else if (line.line === "tail") this.#hearTail(line.worker, line.drained, line.heads);
		else if (line.line === "room") this.#rooms.push(readEvidence(line.evidence));
		else this.#turns.set(line.worker, line);
		this.#onNews();
	}

	/** Artillery starts its threads one by one, and gives what is left over to the first of them. */
	#greet(worker: number, socket: Socket): void {
		this.#greeted.set(worker, socket);
		if (this.#greeted.size < this.#expected) return;
		const inOrder = [...this.#greeted].sort(([a], [b]) => a - b);
		for (const [index, [, thread]] of inOrder.entries()) writeJsonLine(thread, { line: "welcome", index });
	}

	/** A thread is drained only up to the head it knows of: what it didn't know is told to all before it counts. */
	#hearTail(worker: number, drained: boolean, heads: Heads): void {
		let isNews = false;
		for (const [room, head] of Object.entries(heads)) {
			if (head <= (this.#heads[room] ?? 0)) continue;
			this.#heads[room] = head;
			isNews = true;
		}
		this.#drained.set(worker, drained);
		if (!isNews) return;
		for (const known of this.#drained.keys()) this.#drained.set(known, false);
		this.order({ line: "heads", heads: this.#heads });
	}
}
