import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Appended, Entry, JoinData, SendData } from "../../../app/protocol.ts";
import { connect, type Line, request } from "../../smoke/line.ts";

/** Until a server says when to come back. */
const DEFAULT_RETURN_MS = 1_000;
const RETRY_MS = 250;

/** What one of them lived through. All counts are to stay 0. */
export type Faults = { repeated: number; holes: number; startedOver: number };

/**
 * Somebody in a room who never gives up: comes back by themselves after a lost line, asks for what they missed, and
 * sends again what was not acked. Remembers everything they were told.
 */
export class Member {
	/** The room's log as this member knows it: text by seq. */
	readonly timeline = new Map<number, string>();
	/** Texts whose ack came, with the seq it named. */
	readonly acked = new Map<string, number>();
	readonly faults: Faults = { repeated: 0, holes: 0, startedOver: 0 };
	/** From each lost line to being back in the room. */
	readonly absencesMs: number[] = [];
	readonly room: string;
	/** The log's head when they first came. */
	since = 0;
	readonly #url: string;
	readonly #token: string;
	readonly #outbox = new Map<string, string>();
	#line: Line | undefined;
	#epoch: string | undefined;
	#seq = 0;
	#returnMs = DEFAULT_RETURN_MS;
	#isLeaving = false;

	constructor(url: string, token: string, room: string) {
		this.#url = url;
		this.#token = token;
		this.room = room;
	}

	get seq(): number {
		return this.#seq;
	}

	get unacked(): number {
		return this.#outbox.size;
	}

	get isThere(): boolean {
		return this.#line?.connected === true;
	}

	async enter(): Promise<void> {
		const line = await connect(this.#url, this.#token, ["websocket"]);
		try {
			await this.#join(line);
			if (!line.connected) throw new Error("the line was lost again");
		} catch (error) {
			line.disconnect();
			throw error;
		}
		this.#line = line;
		line.once("disconnect", () => {
			this.#line = undefined;
			if (!this.#isLeaving) void this.#comeBack();
		});
		for (const [clientId, body] of this.#outbox) void this.#transmit(clientId, body);
	}

	async #join(line: Line): Promise<void> {
		line.on("server:draining", ({ retryAfterMs }) => {
			this.#returnMs = retryAfterMs;
		});
		// What arrives before the join's answer is in that answer, or follows on it.
		const early: Entry[] = [];
		let isIn = false;
		line.on("room:appended", ({ entries }: Appended) => {
			if (isIn) this.#take(entries);
			else early.push(...entries);
		});
		const after = this.#epoch === undefined ? {} : { after: { epoch: this.#epoch, seq: this.#seq } };
		const joined = await request<JoinData>(line, "room:join", { room: this.room, ...after });
		if (this.#epoch === undefined) this.#seq = this.since = joined.seq;
		else if (joined.gap) this.faults.startedOver += 1;
		else this.#take(joined.entries!);
		this.#epoch = joined.epoch;
		isIn = true;
		this.#take(early.filter(({ seq }) => seq > this.#seq));
	}

	say(body: string): void {
		const clientId = randomUUID();
		this.#outbox.set(clientId, body);
		void this.#transmit(clientId, body);
	}

	leave(): void {
		this.#isLeaving = true;
		this.#line?.disconnect();
	}

	/** Until it is acked, or until the line is lost: then it waits in the outbox for the next one. */
	async #transmit(clientId: string, body: string): Promise<void> {
		const line = this.#line;
		while (line !== undefined && line === this.#line) {
			try {
				const { seq } = await request<SendData>(line, "message:send", { room: this.room, clientId, body });
				this.#outbox.delete(clientId);
				this.acked.set(body, seq);
				return;
			} catch {
				await sleep(RETRY_MS);
			}
		}
	}

	async #comeBack(): Promise<void> {
		const lostAt = performance.now();
		await sleep(Math.random() * this.#returnMs);
		while (!this.#isLeaving) {
			try {
				await this.enter();
				this.absencesMs.push(performance.now() - lostAt);
				return;
			} catch {
				await sleep(RETRY_MS);
			}
		}
	}

	#take(entries: Entry[]): void {
		for (const entry of entries) {
			if (entry.seq <= this.#seq) this.faults.repeated += 1;
			if (entry.seq > this.#seq + 1) this.faults.holes += 1;
			this.#seq = Math.max(this.#seq, entry.seq);
			if (entry.kind === "message") this.timeline.set(entry.seq, entry.body ?? "");
		}
	}
}
