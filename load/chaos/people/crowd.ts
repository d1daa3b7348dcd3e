import type { PersonRecord } from "../check/record.ts";
import type { Random } from "../schedule/random.ts";
import { type Manners, Person } from "./person.ts";
import { signIn } from "./sign-in.ts";
import { within } from "./within.ts";

const SIGN_INS_AT_ONCE = 32;

const MANNERS: Manners = { transports: ["websocket"], firstReturnMs: 200, longestReturnMs: 3_000 };

export type CrowdOptions = {
	/** Where they sign in and, unless `through` names another place, connect. */
	url: string;
	through?: string;
	rooms: number;
	perRoom: number;
	random: Random;
	manners?: Partial<Manners>;
	/** People of one name are the same: two crowds need two. */
	name?: string;
	/** What their rooms are called, if not as they are: crowds with the same are in the same rooms. */
	room?: string;
	/** The address of this machine that the person of this number (from 0) comes from, if not just any. */
	from?: (number: number) => string;
};

/** How long what is said is, in characters; who has this many things unacked says no more. */
export type Texts = { least: number; most: number; unacked?: number };

/** People in rooms. */
export class Crowd {
	readonly people: Person[] = [];
	/** How often each code of refusal came. */
	readonly refusals = new Map<string, number>();
	/** Each line that was in use and was lost: when (ms of the monotonic clock) and why. */
	readonly losses: { at: number; reason: string }[] = [];
	#acked: (() => void)[] = [];
	#talk: NodeJS.Timeout | undefined;
	#texts = 0;

	/** Signs everybody in and sends them on their way; {@link allIn} waits until they are there. */
	static async gather(options: CrowdOptions): Promise<Crowd> {
		const {
			url,
			through = url,
			rooms,
			perRoom,
			random,
			manners,
			name = "person",
			room = name,
			from: comesFrom,
		} = options;
		const crowd = new Crowd();
		const count = rooms * perRoom;
		while (crowd.people.length < count) {
			const from = crowd.people.length;
			const numbers = Array.from({ length: Math.min(SIGN_INS_AT_ONCE, count - from) }, (_, index) => from + index);
			const sessions = await Promise.all(
				numbers.map((number) => signIn(url, `${name} ${number}`, comesFrom?.(number))),
			);
			for (const [index, session] of sessions.entries()) {
				const number = numbers[index]!;
				const person = new Person({
					url: through,
					from: comesFrom?.(number),
					session,
					room: `${room} ${number % rooms}`,
					random: random.fork(`${name} ${number}`),
					manners: { ...MANNERS, ...manners },
					onAck: () => {
						for (const resolve of crowd.#acked.splice(0)) resolve();
					},
					onRefusal: (code) => crowd.refusals.set(code, (crowd.refusals.get(code) ?? 0) + 1),
					onLost: (reason) => crowd.losses.push({ at: performance.now(), reason }),
				});
				crowd.people.push(person);
				person.enter();
			}
		}
		return crowd;
	}

	get records(): PersonRecord[] {
		return this.people.map(({ record }) => record);
	}

	get absencesMs(): number[] {
		return this.people.flatMap(({ absencesMs }) => absencesMs);
	}

	/** From a message's first try to its ack, ms, of those that were said within a span of the monotonic clock. */
	ackMs(from = 0, to = Number.POSITIVE_INFINITY, butOf: ReadonlySet<Person> = new Set()): number[] {
		const people = this.people.filter((person) => !butOf.has(person));
		return people.flatMap(({ record: { said } }) =>
			said.flatMap(({ saidAt, acks }) => (acks[0] && saidAt >= from && saidAt < to ? [acks[0].at - saidAt] : [])),
		);
	}

	/** How many acks came within a span of the monotonic clock. */
	ackedBetween(from: number, to: number): number {
		const acks = this.records.flatMap(({ said }) => said.flatMap((one) => one.acks));
		return acks.filter(({ at }) => at > from && at < to).length;
	}

	/** How many messages are under way: sent, and not acked. */
	get unacked(): number {
		return this.people.reduce((sum, person) => sum + person.unacked, 0);
	}

	/** Somebody, drawn by lot, says something, at random moments, until {@link hush}. */
	talk(random: Random, perSecond: number, texts: Texts): void {
		this.hush();
		let due = performance.now();
		const speak = () => {
			while (due <= performance.now()) {
				due += random.gapMs(perSecond);
				this.#say(random.pick(this.people), random, texts);
			}
			this.#talk = setTimeout(speak, Math.max(0, due - performance.now()));
		};
		speak();
	}

	hush(): void {
		clearTimeout(this.#talk);
	}

	/** Everybody says so many things at once. */
	burst(random: Random, each: number, texts: Texts): void {
		for (const person of this.people) for (let count = 0; count < each; count++) this.#say(person, random, texts);
	}

	#say(person: Person, random: Random, { least, most, unacked = Number.POSITIVE_INFINITY }: Texts): void {
		const text = `${this.#texts++} `.padEnd(random.between(least, most), "x");
		if (person.unacked < unacked) person.say(text);
	}

	/** Resolves with the milliseconds until the next ack; undefined when there is none within the time. */
	nextAck(timeoutMs: number): Promise<number | undefined> {
		const askedAt = performance.now();
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(undefined), timeoutMs);
			this.#acked.push(() => {
				clearTimeout(timer);
				resolve(performance.now() - askedAt);
			});
		});
	}

	/** Whether everybody was in their room within this time. */
	allIn(timeoutMs: number): Promise<boolean> {
		return within(timeoutMs, () => this.people.every(({ isIn }) => isIn));
	}

	/** Whether, within this time, everybody was in their room and had acked whatever they had said when it began. */
	caughtUp(timeoutMs: number): Promise<boolean> {
		const waiting = this.records.flatMap(({ said }) => said.filter(({ acks }) => acks.length === 0));
		return within(
			timeoutMs,
			() => waiting.every(({ acks }) => acks.length > 0) && this.people.every(({ isIn }) => isIn),
		);
	}

	leave(): void {
		this.hush();
		for (const person of this.people) person.leave();
	}
}
