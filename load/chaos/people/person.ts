import type { Entry, RoomAppended } from "../../../app/protocol/log.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import type { PersonRecord } from "../check/record.ts";
import type { Random } from "../schedule/random.ts";
import { dial, type Line, type Transport } from "./line.ts";
import { Outbox } from "./outbox.ts";
import { Screen } from "./screen.ts";

/** A join that is not answered in this time is given up, and its line with it. */
const JOIN_TIMEOUT_MS = 10_000;

export type Manners = {
	transports: readonly Transport[];
	/** The first attempt to come back comes within this, each further one within twice as long, up to the longest. */
	firstReturnMs: number;
	longestReturnMs: number;
};

export type PersonOptions = {
	url: string;
	/** The address of this machine that their lines begin at, if not just any. */
	from?: string | undefined;
	session: SessionData;
	room: string;
	random: Random;
	manners: Manners;
	/** Called at each ack, at each refusal with its code, and when a line that was in use is lost, with the reason. */
	onAck: () => void;
	onRefusal: (code: string) => void;
	onLost: (reason: string) => void;
};

/**
 * Somebody in a room who keeps the protocol's rules: resends what was not acked, comes back by themselves and resumes
 * after the last `seq` seen, asks for what is missing. Everything that they live through is on record.
 */
export class Person {
	readonly record: PersonRecord;
	/** From each lost line to being back in the room, ms. */
	readonly absencesMs: number[] = [];
	readonly #options: PersonOptions;
	readonly #screen: Screen;
	readonly #outbox: Outbox;
	#line: Line | undefined;
	#lines = 0;
	#isIn = false;
	#hasLeft = false;
	#failures = 0;
	#lostAt: number | undefined;
	#returnWithinMs: number | undefined;
	#return: NodeJS.Timeout | undefined;

	constructor(options: PersonOptions) {
		const { session, room, onAck, onRefusal } = options;
		this.#options = options;
		this.record = { author: session.user.id, room, said: [], episodes: [], toldBeforeAck: 0, missedOnLine: 0 };
		this.#screen = new Screen(this.record);
		const current = () => (this.#isIn && this.#line ? { line: this.#line, number: this.#lines } : undefined);
		this.#outbox = new Outbox({ room, said: this.record.said, current, onAck, onRefusal });
	}

	get isIn(): boolean {
		return this.#isIn;
	}

	get seq(): number {
		return this.#screen.seq;
	}

	get unacked(): number {
		return this.#outbox.size;
	}

	/** The highest `seq` that an ack has named; 0 before the first. */
	get lastAcked(): number {
		return this.#outbox.lastAcked;
	}

	/** The line as it is, for rows that hurt it. */
	get line(): Line | undefined {
		return this.#line;
	}

	/** Tries to come in, and goes on trying until {@link leave}. */
	enter(): void {
		const { url, from, session, manners } = this.#options;
		const line = dial(url, session.token, manners.transports, from);
		const number = ++this.#lines;
		this.#line = line;
		line.on("connect", () => void this.#join(line, number));
		line.on("connect_error", () => this.#lose(line, "could not connect"));
		line.on("disconnect", (reason) => this.#lose(line, reason));
		line.on("server:draining", ({ retryAfterMs }) => {
			this.#returnWithinMs = retryAfterMs;
		});
	}

	say(body: string): void {
		this.#outbox.add(body);
	}

	leave(): void {
		this.#hasLeft = true;
		this.#isIn = false;
		clearTimeout(this.#return);
		this.#line?.disconnect();
	}

	async #join(line: Line, number: number): Promise<void> {
		const { room } = this.#options;
		// What arrives before the join's answer is in that answer, or follows on it.
		const early: Entry[] = [];
		line.on("room:appended", (appended: RoomAppended) => {
			if (this.#line !== line || appended.room !== room) return;
			if (this.#isIn) this.#take(appended.entries, line, number);
			else early.push(...appended.entries);
		});
		const cursor = this.#screen.cursor;
		try {
			const ack = await line
				.timeout(JOIN_TIMEOUT_MS)
				.emitWithAck("room:join", { room, ...(cursor && { after: cursor }) });
			if (!ack.ok) throw new Error(ack.error.code);
			if (this.#line !== line || this.#hasLeft) return;
			this.#screen.join(ack.data, number);
		} catch (error) {
			this.#lose(line, (error as Error).message);
			return;
		}
		this.#isIn = true;
		this.#failures = 0;
		if (this.#lostAt !== undefined) this.absencesMs.push(performance.now() - this.#lostAt);
		this.#lostAt = undefined;
		this.#outbox.resend();
		if (early.length > 0) this.#take(early, line, number);
	}

	#take(entries: readonly Entry[], line: Line, number: number): void {
		const missed = (entries[0]?.seq ?? 0) - this.#screen.seq - 1;
		// Rule M5, by the shorter way: a new line resumes after the last seq seen, and so asks for what is missing.
		if (missed > 0) {
			this.record.missedOnLine += missed;
			this.#lose(line, "a hole");
			return;
		}
		for (const entry of entries) {
			const isOwn = entry.kind === "message" && entry.author.id === this.record.author;
			if (isOwn && this.#outbox.isAwaited(entry.body ?? "", number)) this.record.toldBeforeAck++;
		}
		this.#screen.take(entries, number);
	}

	#lose(line: Line, reason: string): void {
		if (this.#line !== line || this.#hasLeft) return;
		if (this.#isIn) this.#options.onLost(reason);
		this.#line = undefined;
		this.#isIn = false;
		this.#lostAt ??= performance.now();
		line.disconnect();
		const { random, manners } = this.#options;
		const backOffMs = Math.min(manners.longestReturnMs, manners.firstReturnMs * 2 ** this.#failures++);
		const withinMs = this.#returnWithinMs ?? backOffMs;
		this.#returnWithinMs = undefined;
		this.#return = setTimeout(() => this.enter(), random.next() * withinMs);
	}
}
