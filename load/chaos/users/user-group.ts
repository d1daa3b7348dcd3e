import type { SessionData } from "../../../app/protocol/session.ts";
import type { Random } from "../../kit/random.ts";
import { signIn } from "../../kit/sign-in.ts";
import type { Range } from "../../kit/suite/row-run.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import type { SentCommand, UserHistory } from "../check/history.ts";
import { type Reconnection, SimulatedUser } from "./simulated-user.ts";

const SESSIONS_AT_ONCE = 32;

/** The share of commands that are followed by the reading of a page. */
const READS = 0.05;

const RECONNECTION: Reconnection = { transports: ["websocket"], firstMs: 200, longestMs: 3_000 };

export type GroupOptions = {
	/** Where users sign in and, unless `through` is another address, connect. */
	url: string;
	through?: string;
	rooms: number;
	perRoom: number;
	random: Random;
	reconnection?: Partial<Reconnection>;
	/** Users of one name are the same: two groups need two. */
	name?: string;
	/** The name of the rooms, if not that of the users. */
	room?: string;
	/** Returns the address of this machine that a user connects from, by number from 0. */
	from?: (number: number) => string;
};

export type Traffic = {
	/** Commands per second of the whole group, at random times: messages, edits, reactions and removals. */
	perSecond: number;
	/** The length of texts. */
	chars: Range;
	/** A user with this many unacked commands sends no more. */
	maxUnacked?: number;
};

/** Users in rooms. */
export class UserGroup {
	readonly users: SimulatedUser[] = [];
	readonly #ids = new Set<string>();
	/** Refusals by code. */
	readonly refusals = new Map<string, number>();
	/** Connections that had joined and were lost; times of the monotonic clock. */
	readonly disconnects: { at: number; reason: string }[] = [];
	readonly #options: GroupOptions & { name: string };
	readonly #random: Random;
	#onAck: (() => void)[] = [];
	#timer: NodeJS.Timeout | undefined;
	#texts = 0;

	private constructor({ name = "user", ...options }: GroupOptions) {
		this.#options = { name, ...options };
		this.#random = options.random.fork(`${name} traffic`);
	}

	/** Signs all users in and starts them; {@link allJoined} waits for them. */
	static async start(options: GroupOptions): Promise<UserGroup> {
		const group = new UserGroup(options);
		const { url, rooms, perRoom, name, from } = group.#options;
		const numbers = Array.from({ length: rooms * perRoom }, (_, number) => number);
		while (numbers.length > 0) {
			const next = numbers.splice(0, SESSIONS_AT_ONCE);
			const sessions = await Promise.all(
				next.map((number) => signIn(url, `${name} ${number}`, { from: from?.(number) })),
			);
			for (const [index, session] of sessions.entries()) group.#add(next[index]!, session);
		}
		return group;
	}

	#add(number: number, session: SessionData): void {
		const { url, through = url, rooms, random, reconnection, name, room = name, from } = this.#options;
		const user = new SimulatedUser({
			url: through,
			from: from?.(number),
			session,
			room: `${room} ${number % rooms}`,
			random: random.fork(`${name} ${number}`),
			reconnection: { ...RECONNECTION, ...reconnection },
			onAck: () => {
				for (const resolve of this.#onAck.splice(0)) resolve();
			},
			onRefusal: (code) => this.refusals.set(code, this.refused(code) + 1),
			onDisconnect: (reason) => this.disconnects.push({ at: performance.now(), reason }),
		});
		this.users.push(user);
		this.#ids.add(user.history.user);
		user.start();
	}

	get histories(): UserHistory[] {
		return this.users.map(({ history }) => history);
	}

	get reconnectsMs(): number[] {
		return this.users.flatMap(({ reconnectsMs }) => reconnectsMs);
	}

	/** The number of commands that have no ack yet. */
	get unacked(): number {
		return this.users.reduce((sum, { outbox }) => sum + outbox.size, 0);
	}

	refused(code: string): number {
		return this.refusals.get(code) ?? 0;
	}

	/** Returns the times from first send to ack, ms, of commands that were sent within a span of the monotonic clock. */
	ackMs(from = 0, to = Number.POSITIVE_INFINITY, except: ReadonlySet<SimulatedUser> = new Set()): number[] {
		const histories = this.users.filter((user) => !except.has(user)).map(({ history }) => history);
		return histories.flatMap(({ sent }) =>
			sent.flatMap(({ sentAt, acks }) => (acks[0] && sentAt >= from && sentAt < to ? [acks[0].at - sentAt] : [])),
		);
	}

	/** Counts the acks that arrived within a span of the monotonic clock. */
	ackedBetween(from: number, to: number): number {
		const acks = this.histories.flatMap(({ sent }) => sent.flatMap((one) => one.acks));
		return acks.filter(({ at }) => at > from && at < to).length;
	}

	/** Lets random users send commands until {@link stopSending}. */
	startSending(traffic: Traffic): void {
		this.stopSending();
		let due = performance.now();
		const sendDue = () => {
			while (due <= performance.now()) {
				due += this.#random.gapMs(traffic.perSecond);
				this.#send(this.#random.pick(this.users), this.#random, traffic);
			}
			this.#timer = setTimeout(sendDue, Math.max(0, due - performance.now()));
		};
		sendDue();
	}

	stopSending(): void {
		clearTimeout(this.#timer);
	}

	/** Lets every user send several commands at once. */
	sendBurst(random: Random, each: number, traffic: Traffic): void {
		for (const user of this.users) for (let count = 0; count < each; count++) this.#send(user, random, traffic);
	}

	#send(user: SimulatedUser, random: Random, { chars: [least, most], maxUnacked = Number.POSITIVE_INFINITY }: Traffic) {
		const body = `${this.#texts++} `.padEnd(random.between(least, most), "x");
		if (user.outbox.size < maxUnacked) user.act(body, random, this.#ids);
		if (random.chance(READS)) user.read(random);
	}

	/** Resolves to whether a command was acked from now on within the time. */
	nextAck(timeoutMs: number): Promise<boolean> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(false), timeoutMs);
			this.#onAck.push(() => {
				clearTimeout(timer);
				resolve(true);
			});
		});
	}

	/** Resolves to whether all users were in their rooms within the time. */
	allJoined(timeoutMs: number): Promise<boolean> {
		return becomesTrue(timeoutMs, () => this.users.every(({ isJoined }) => isJoined));
	}

	/** Resolves to whether all users were in their rooms, and all commands sent until now answered, within the time. */
	caughtUp(timeoutMs: number): Promise<boolean> {
		const isAnswered = ({ acks, hasNoTarget }: SentCommand) => acks.length > 0 || hasNoTarget;
		const unanswered = this.histories.flatMap(({ sent }) => sent.filter((one) => !isAnswered(one)));
		return becomesTrue(timeoutMs, () => unanswered.every(isAnswered) && this.users.every(({ isJoined }) => isJoined));
	}

	stop(): void {
		this.stopSending();
		for (const user of this.users) user.stop();
	}
}

/**
 * Resolves to whether, within the time, all users were in their rooms, everything was acked, and all users of a room had
 * received all of it. For users who send nothing meanwhile.
 */
export function settled(users: readonly SimulatedUser[], timeoutMs: number): Promise<boolean> {
	const rooms = Map.groupBy(users, ({ history }) => history.room);
	return becomesTrue(timeoutMs, () => {
		if (users.some(({ isJoined, outbox }) => !isJoined || outbox.size > 0)) return false;
		return rooms.values().every((members) => {
			// An ack comes before the message itself (rule M4): equal seqs alone do not mean that everything has arrived.
			const head = Math.max(...members.flatMap(({ received, outbox }) => [received.seq, outbox.lastAcked]));
			return members.every(({ received }) => received.seq === head);
		});
	});
}
