import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import { type Aside, arrange } from "./arrange.ts";
import type { Item } from "./item.ts";
import { LogFollower } from "./log-follower.ts";
import { MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import type { PendingMessage } from "./pending.ts";

const MAX_ASIDES = 50;

/** A room's log as it arrives, the part of it that is on screen, and what stands between its lines. */
export class Timeline {
	readonly window = new MessageWindow();
	readonly #me: User;
	readonly #log = new LogFollower();
	#named = new Map<number, string>();
	#asides: Aside[] = [];

	constructor(me: User) {
		this.#me = me;
	}

	/** Where to resume after; undefined before the first join. */
	get cursor(): Cursor | undefined {
		return this.#log.cursor;
	}

	/** Whether `log:since` is to be asked. */
	get hasHole(): boolean {
		return this.#log.hasHole;
	}

	/** Takes in the answer to a join; answers the entries that are new, or `undefined` where it started over. */
	join(data: JoinData): Entry[] | undefined {
		if (data.entries) {
			const fresh = this.take(data.entries);
			this.#log.reaches(data.seq);
			return fresh;
		}
		const before = this.cursor;
		if (before && before.epoch !== data.epoch) this.#named.clear();
		const early = this.#log.start(data);
		this.window.restart(data.messages, data.messages.length >= JOIN_MESSAGES);
		this.#asides = [];
		if (before) this.#putAside((data.messages[0]?.seq ?? data.seq + 1) - 1, { kind: "restart" });
		this.window.append(early);
		return undefined;
	}

	/** Takes in entries of the log, in whatever order and how often they arrive; answers those that are new, in order. */
	take(entries: readonly Entry[]): Entry[] {
		const fresh = this.#log.take(entries);
		this.window.append(fresh);
		return fresh;
	}

	/** An ack said which seq a message of ours has. */
	name(seq: number, clientId: string): void {
		this.#named.set(seq, clientId);
		// The names of messages on screen are needed, and of those about to be there.
		const [oldest] = this.#named.keys();
		if (this.#named.size > 2 * MAX_TIMELINE_MESSAGES) this.#named.delete(oldest!);
	}

	/** Puts a line below what is there now. */
	say(line: SaidLine): void {
		this.#putAside(this.cursor?.seq ?? 0, line);
	}

	/** What to draw; `pending` are our messages of this room that wait, in the order of writing. */
	items(pending: readonly PendingMessage[]): Item[] {
		const { messages, hasOlder, hasNewer } = this.window;
		const { cursor } = this;
		return arrange({
			me: this.#me,
			cursor,
			messages,
			hasOlder,
			hasNewer,
			pending,
			named: this.#named,
			asides: this.#asides,
		});
	}

	#putAside(after: number, line: SaidLine): void {
		const item: Item = { ...line, key: `aside-${++asidesPut}`, at: Date.now() };
		this.#asides = [...this.#asides, { after, item }].slice(-MAX_ASIDES);
	}
}

type SaidLine = { kind: "presence"; user: User; change: "joined" | "left" } | { kind: "welcome" } | { kind: "restart" };

let asidesPut = 0;
