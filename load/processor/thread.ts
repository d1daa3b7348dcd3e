import { readFileSync } from "node:fs";
import { nowMs } from "../clock.ts";
import { evidenceOf } from "../ledger/evidence.ts";
import { RoomLedger } from "../ledger/room-ledger.ts";
import type { Heads, ToWorker } from "../link/lines.ts";
import { Reporter } from "../link/reporter.ts";
import { THREAD_PLAN_VARIABLE, type ThreadPlan } from "../plan.ts";
import type { Row } from "../roster.ts";
import type { Events } from "./artillery.ts";
import { SelfWatch } from "./self-watch.ts";
import { Tally } from "./tally.ts";
import type { VirtualUser } from "./virtual-user.ts";

const SECOND_MS = 1_000;
const TAIL_EVERY_MS = 200;
const SENTENCE = "The quick brown fox jumps over the lazy dog. ";
/** About as long as a marker is. */
const MARKER_CHARS = 22;
/** So many users' lines are weighed, to tell the bytes of a delivery. */
const WEIGHED_USERS = 100;

/** One thread of the generator: its users, its books, and its line to the run. */
export class Thread {
	readonly plan: ThreadPlan;
	readonly tally = new Tally();
	readonly selfWatch = new SelfWatch();
	readonly users: VirtualUser[] = [];
	/** Settles once all threads are there, and this one knows which rows are its own. */
	readonly welcomed: Promise<void>;
	/** Settles once everybody is there. */
	readonly started: Promise<void>;
	/** Settles when the books are closed and everybody may go. */
	readonly closed: Promise<void>;
	isClosed = false;
	/** When the schedule began, on the steady clock; 0 before. */
	startedAtMs = 0;
	joined = 0;
	inFlight = 0;
	turnsPlanned = 0;
	turnsTaken = 0;
	/** What everybody says, before the marker is put in front. */
	readonly text: string;
	readonly #rooms = new Map<string, RoomLedger>();
	readonly #link: Reporter;
	readonly #roster: Row[];
	#nextRow = 0;
	#welcome!: () => void;
	#start!: () => void;
	#goHome!: () => void;
	#failed = 0;
	#toldArrivals = 0;
	#heard: Events | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(plan: ThreadPlan) {
		this.plan = plan;
		this.text = SENTENCE.repeat(Math.ceil(plan.settings.chars / SENTENCE.length)).slice(
			MARKER_CHARS,
			plan.settings.chars,
		);
		this.#roster = JSON.parse(readFileSync(plan.roster, "utf8"));
		this.welcomed = new Promise((resolve) => {
			this.#welcome = resolve;
		});
		this.started = new Promise((resolve) => (this.#start = resolve));
		this.closed = new Promise((resolve) => (this.#goHome = resolve));
		this.#link = new Reporter(plan.link, (line) => this.#obey(line));
		this.#link.send({ line: "hello" });
		this.#everySecondFrom(nowMs());
		setInterval(() => this.#tellArrivals(), TAIL_EVERY_MS).unref();
	}

	/** Milliseconds since the run's zero. */
	get sinceEpochMs(): number {
		return nowMs() - this.plan.epochMs;
	}

	/** The next of this thread's rows. */
	takeRow(): Row {
		const row = this.#roster[this.#nextRow];
		if (!row) throw new Error("more people arrived than were planned");
		this.#nextRow += this.plan.threads;
		return row;
	}

	room(name: string): RoomLedger {
		let ledger = this.#rooms.get(name);
		if (!ledger) {
			ledger = new RoomLedger(name, this.plan.run);
			this.#rooms.set(name, ledger);
		}
		return ledger;
	}

	/** Counts what the steps report as errors, the engine's among them: each ends one user. */
	hear(events: Events): void {
		if (this.#heard === events) return;
		this.#heard = events;
		events.on("error", (cause: unknown) => {
			this.#failed++;
			this.countError(String(cause));
		});
	}

	/** What goes wrong while the books are open; what is cut off by their closing is no error. */
	countError(cause: string): void {
		if (!this.isClosed) this.tally.error(cause);
	}

	#obey(order: ToWorker): void {
		if (order.line === "welcome") {
			this.#nextRow = order.index;
			this.#welcome();
		} else if (order.line === "start") {
			this.#everySecondFrom(order.atMs);
			this.startedAtMs = order.atMs;
			this.#start();
			setTimeout(() => this.#watchTheTail(), order.atMs - nowMs() + SECOND_MS * this.plan.settings.duration);
		} else if (order.line === "heads") {
			for (const [room, head] of Object.entries(order.heads)) this.room(room).headElsewhere = head;
		} else if (order.line === "close") {
			this.isClosed = true;
			clearTimeout(this.#timer);
			this.#tellSecond();
			const { turnsPlanned, turnsTaken } = this;
			for (const ledger of this.#rooms.values()) this.#link.send({ line: "room", evidence: evidenceOf(ledger) });
			this.#link.send({ line: "books closed", turnsPlanned, turnsTaken });
		} else {
			this.#goHome();
		}
	}

	#watchTheTail(): void {
		const tell = () => {
			const heads: Heads = {};
			for (const ledger of this.#rooms.values()) heads[ledger.room] = ledger.head;
			const drained =
				this.inFlight === 0 &&
				this.users.every((user) => !user.isReturning) &&
				[...this.#rooms.values()].every((ledger) => ledger.caughtUp);
			this.#link.send({ line: "tail", drained, heads });
			if (!this.isClosed) setTimeout(tell, TAIL_EVERY_MS);
		};
		tell();
	}

	/** Ticks at `firstMs` and every second from there, without drift. */
	#everySecondFrom(firstMs: number): void {
		clearTimeout(this.#timer);
		let next = firstMs;
		const tick = () => {
			this.#tellSecond();
			do next += SECOND_MS;
			while (next <= nowMs());
			this.#timer = setTimeout(tick, next - nowMs());
		};
		this.#timer = setTimeout(tick, Math.max(0, next - nowMs()));
	}

	#tellArrivals(): void {
		const arrived = this.joined + this.#failed;
		if (arrived === this.#toldArrivals) return;
		this.#toldArrivals = arrived;
		this.#link.send({ line: "arrivals", joined: this.joined, failed: this.#failed });
	}

	#tellSecond(): void {
		const sample = weigh(this.users.slice(0, WEIGHED_USERS));
		this.#link.send({
			line: "second",
			atMs: nowMs(),
			users: this.users.reduce((count, user) => count + (user.isInRoom ? 1 : 0), 0),
			...this.tally.take(),
			...(sample && { sample }),
			self: this.selfWatch.take(),
		});
	}
}

/** Bytes and deliveries since the connections began; undefined where a transport doesn't tell. */
function weigh(users: VirtualUser[]): { bytes: number; deliveries: number } | undefined {
	const total = { bytes: 0, deliveries: 0 };
	for (const user of users) {
		if (user.bytesRead === undefined) return undefined;
		total.bytes += user.bytesRead;
		total.deliveries += user.deliveries;
	}
	return total.bytes === 0 ? undefined : total;
}

let thread: Thread | undefined;

/** This thread's one state: Artillery gives a processor no place of its own to keep it. */
export function thisThread(): Thread {
	if (!thread) {
		const file = process.env[THREAD_PLAN_VARIABLE];
		if (!file)
			throw new Error("This scenario is run by `npm run load -- --profile FILE.yml`, not by artillery itself.");
		thread = new Thread(JSON.parse(readFileSync(file, "utf8")));
	}
	return thread;
}
