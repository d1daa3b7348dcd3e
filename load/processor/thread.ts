import { readFileSync } from "node:fs";
import { nowMs } from "../clock.ts";
import { evidenceOf } from "../ledger/evidence.ts";
import { RoomLedger } from "../ledger/room-ledger.ts";
import type { Heads, ToWorker } from "../link/lines.ts";
import { Reporter } from "../link/reporter.ts";
import { THREAD_PLAN_VARIABLE, type ThreadPlan } from "../plan.ts";
import type { Row } from "../roster.ts";
import type { Events } from "./artillery.ts";
import { SecondHand } from "./second-hand.ts";
import { SelfWatch } from "./self-watch.ts";
import { Tally } from "./tally.ts";
import type { VirtualUser } from "./virtual-user.ts";
import { weigh } from "./weigh.ts";

const SECOND_MS = 1_000;
const TAIL_EVERY_MS = 200;
const SENTENCE = "The quick brown fox jumps over the lazy dog. ";
/** About as long as a marker is. */
const MARKER_CHARS = 22;

/** One thread of the generator: its users, its books, and its line to the run. */
export class Thread {
	readonly plan: ThreadPlan;
	readonly tally = new Tally();
	readonly selfWatch = new SelfWatch();
	readonly users: VirtualUser[] = [];
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
	readonly #welcome = Promise.withResolvers<void>();
	readonly #start = Promise.withResolvers<void>();
	readonly #goHome = Promise.withResolvers<void>();
	#failed = 0;
	#toldArrivals = 0;
	#heard: Events | undefined;
	readonly #secondHand = new SecondHand(() => this.#tellSecond());

	constructor(plan: ThreadPlan) {
		this.plan = plan;
		this.text = SENTENCE.repeat(Math.ceil(plan.settings.chars / SENTENCE.length)).slice(
			MARKER_CHARS,
			plan.settings.chars,
		);
		this.#roster = JSON.parse(readFileSync(plan.roster, "utf8"));
		this.#link = new Reporter(plan.link, (line) => this.#obey(line));
		this.#link.send({ line: "hello" });
		this.#secondHand.startAt(nowMs());
		setInterval(() => this.#tellArrivals(), TAIL_EVERY_MS).unref();
	}

	/** Settles once all threads are there, and this one knows which rows are its own. */
	get welcomed(): Promise<void> {
		return this.#welcome.promise;
	}

	/** Settles once everybody is there. */
	get started(): Promise<void> {
		return this.#start.promise;
	}

	/** Settles when the books are closed and everybody may go. */
	get closed(): Promise<void> {
		return this.#goHome.promise;
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
			this.#welcome.resolve();
		} else if (order.line === "start") {
			this.#secondHand.startAt(order.atMs);
			this.startedAtMs = order.atMs;
			this.#start.resolve();
			setTimeout(() => this.#watchTheTail(), order.atMs - nowMs() + SECOND_MS * this.plan.settings.duration);
		} else if (order.line === "heads") {
			for (const [room, head] of Object.entries(order.heads)) this.room(room).headElsewhere = head;
		} else if (order.line === "close") {
			this.isClosed = true;
			this.#secondHand.stop();
			this.#tellSecond();
			const { turnsPlanned, turnsTaken } = this;
			for (const ledger of this.#rooms.values()) this.#link.send({ line: "room", evidence: evidenceOf(ledger) });
			this.#link.send({ line: "books closed", turnsPlanned, turnsTaken });
		} else {
			this.#goHome.resolve();
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

	#tellArrivals(): void {
		const arrived = this.joined + this.#failed;
		if (arrived === this.#toldArrivals) return;
		this.#toldArrivals = arrived;
		this.#link.send({ line: "arrivals", joined: this.joined, failed: this.#failed });
	}

	#tellSecond(): void {
		const sample = weigh(this.users);
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
