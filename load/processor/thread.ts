import { readFileSync } from "node:fs";
import { evidenceOf } from "../ledger/evidence.ts";
import { RoomLedger } from "../ledger/room-ledger.ts";
import type { Heads, ToThread } from "../link/messages.ts";
import { Reporter } from "../link/reporter.ts";
import { nowMs } from "../measure/clock.ts";
import { THREAD_PLAN_VARIABLE, type ThreadPlan } from "../plan/plan.ts";
import type { Row } from "../plan/roster.ts";
import { sampledUsers } from "../state/sample.ts";
import { compareSample } from "../state/state-check.ts";
import type { Events } from "./engine-types.ts";
import { RecentMessages } from "./recent-messages.ts";
import { SecondCounts } from "./second-counts.ts";
import { SelfWatch } from "./self-watch.ts";
import { Ticker } from "./ticker.ts";
import type { VirtualUser } from "./virtual-user.ts";

const SECOND_MS = 1_000;
const REPORT_MS = 200;
const SENTENCE = "The quick brown fox jumps over the lazy dog. ";
/** Approximate length of a marker. */
const MARKER_CHARS = 22;
/** Number of users whose state of their room is computed, in a profile with a mix. */
const USERS_WITH_STATE = 200;
/** Number of users whose bytes are counted. */
const SAMPLED_USERS = 100;

/** One thread of the generator: its users, its ledgers, and its connection to the run. */
export class Thread {
	readonly plan: ThreadPlan;
	readonly counts = new SecondCounts();
	readonly selfWatch = new SelfWatch();
	readonly users: VirtualUser[] = [];
	isClosed = false;
	/** Resolves when all threads are connected and this one knows its rows. */
	readonly welcomed = Promise.withResolvers<void>();
	/** Resolves when all users have joined or failed. */
	readonly started = Promise.withResolvers<void>();
	/** Resolves when the ledgers are closed and the users may disconnect. */
	readonly closed = Promise.withResolvers<void>();
	/** When the schedule began, on the monotonic clock; 0 before. */
	startedAtMs = 0;
	joined = 0;
	inFlight = 0;
	turnsPlanned = 0;
	turnsTaken = 0;
	/** The text of every message, without the marker in front. */
	readonly text: string;
	readonly #rooms = new Map<string, RoomLedger>();
	readonly #recentMessages = new Map<string, RecentMessages>();
	#withState: ReadonlySet<number> = new Set();
	readonly #link: Reporter;
	readonly #roster: Row[];
	#nextRow = 0;
	#failed = 0;
	#reportedArrivals = 0;
	#observed: Events | undefined;
	readonly #ticker = new Ticker(() => this.#reportSecond());

	constructor(plan: ThreadPlan) {
		this.plan = plan;
		const { chars } = plan.settings;
		this.text = SENTENCE.repeat(Math.ceil(chars / SENTENCE.length)).slice(MARKER_CHARS, chars);
		this.#roster = JSON.parse(readFileSync(plan.roster, "utf8"));
		this.#link = new Reporter(plan.link, (message) => this.#receive(message));
		this.#link.send({ type: "hello" });
		this.#ticker.startAt(nowMs());
		setInterval(() => this.#reportArrivals(), REPORT_MS).unref();
	}

	get sinceEpochMs(): number {
		return nowMs() - this.plan.epochMs;
	}

	/** Returns the next of this thread's rows. */
	takeRow(): Row {
		const row = this.#roster[this.#nextRow];
		if (!row) throw new Error("more users arrived than were planned");
		this.#nextRow += this.plan.threads;
		return row;
	}

	room(name: string): RoomLedger {
		let ledger = this.#rooms.get(name);
		if (!ledger) {
			ledger = new RoomLedger(name, this.plan.run);
			this.#rooms.set(name, ledger);
			if (this.plan.settings.mix) {
				const recent = this.recentMessages(name);
				ledger.onFirst = (entry) => recent.add(entry);
			}
		}
		return ledger;
	}

	recentMessages(room: string): RecentMessages {
		let recent = this.#recentMessages.get(room);
		if (!recent) {
			recent = new RecentMessages();
			this.#recentMessages.set(room, recent);
		}
		return recent;
	}

	/** Whether a user computes the state of the room, to be compared with the history at the end. */
	hasState(user: number): boolean {
		return this.#withState.has(user);
	}

	/** Counts the errors of steps, the engine's included. Each of them ends a user. */
	observe(events: Events): void {
		if (this.#observed === events) return;
		this.#observed = events;
		events.on("error", (cause: unknown) => {
			this.#failed++;
			this.countError(String(cause));
		});
	}

	/** Counts an error, unless the ledgers are closed: a request that the end of the run interrupts is no error. */
	countError(cause: string): void {
		if (!this.isClosed) this.counts.error(cause);
	}

	#receive(message: ToThread): void {
		if (message.type === "welcome") {
			this.#nextRow = message.index;
			const rows = this.#roster.filter((_, index) => index % this.plan.threads === message.index);
			if (this.plan.settings.mix) this.#withState = sampledUsers(rows, USERS_WITH_STATE);
			this.welcomed.resolve();
		} else if (message.type === "start") {
			this.#ticker.startAt(message.atMs);
			this.startedAtMs = message.atMs;
			this.started.resolve();
			setTimeout(() => this.#reportTail(), message.atMs - nowMs() + SECOND_MS * this.plan.settings.duration);
		} else if (message.type === "heads") {
			for (const [room, head] of Object.entries(message.heads)) this.room(room).headElsewhere = head;
		} else if (message.type === "close") {
			void this.#close();
		} else {
			this.closed.resolve();
		}
	}

	async #close(): Promise<void> {
		const states = await compareSample(this.users.filter(({ row }) => this.hasState(row.user)));
		this.isClosed = true;
		this.#ticker.stop();
		this.#reportSecond();
		const { turnsPlanned, turnsTaken } = this;
		for (const ledger of this.#rooms.values()) this.#link.send({ type: "room", evidence: evidenceOf(ledger) });
		this.#link.send({ type: "closed", turnsPlanned, turnsTaken, states });
	}

	/** Reports, until the ledgers are closed, the heads of the rooms and whether every user has received up to them. */
	#reportTail(): void {
		const ledgers = [...this.#rooms.values()];
		const heads: Heads = Object.fromEntries(ledgers.map(({ room, head }) => [room, head]));
		const drained =
			this.inFlight === 0 && this.users.every((user) => !user.isResuming) && ledgers.every((ledger) => ledger.caughtUp);
		this.#link.send({ type: "tail", drained, heads });
		if (!this.isClosed) setTimeout(() => this.#reportTail(), REPORT_MS);
	}

	#reportArrivals(): void {
		const arrived = this.joined + this.#failed;
		if (arrived === this.#reportedArrivals) return;
		this.#reportedArrivals = arrived;
		this.#link.send({ type: "arrivals", joined: this.joined, failed: this.#failed });
	}

	#reportSecond(): void {
		const sample = this.#sampleBytes();
		this.#link.send({
			type: "second",
			atMs: nowMs(),
			users: this.users.filter((user) => user.isInRoom).length,
			...this.counts.take(),
			...(sample && { sample }),
			self: this.selfWatch.take(),
		});
	}

	/** Returns bytes and deliveries of some connections since they began; undefined if a transport counts no bytes. */
	#sampleBytes(): { bytes: number; deliveries: number } | undefined {
		const total = { bytes: 0, deliveries: 0 };
		for (const { bytesRead, deliveries } of this.users.slice(0, SAMPLED_USERS)) {
			if (bytesRead === undefined) return undefined;
			total.bytes += bytesRead;
			total.deliveries += deliveries;
		}
		return total.bytes === 0 ? undefined : total;
	}
}

let thread: Thread | undefined;

/** Returns the state of this thread, for which Artillery gives a processor no place of its own. */
export function thisThread(): Thread {
	if (!thread) {
		const file = process.env[THREAD_PLAN_VARIABLE];
		if (!file)
			throw new Error("Run this scenario with `npm run load -- --profile FILE.yml`, not with artillery itself.");
		thread = new Thread(JSON.parse(readFileSync(file, "utf8")));
	}
	return thread;
}
