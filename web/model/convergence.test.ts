/**
 * Whatever a network does to it, a timeline ends as a fresh fetch would show it, and on the way there nobody sees a
 * message twice or misses what they wrote: random histories, each told by its seed. `SEED=n` runs one of them alone.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { createPerson, type Person } from "./person.ts";
import type { Room } from "./room.ts";
import { memoryInMemory } from "./testing/memory-in-memory.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { SimulatedLine } from "./testing/simulated-line.ts";
import { SimulatedLog } from "./testing/simulated-log.ts";

const ROUNDS = 400;
const STEPS = 120;
const ME: User = { id: "me", name: "ada" };
const OTHER: User = { id: "other", name: "grace" };

class World {
	readonly random: () => number;
	readonly log = new SimulatedLog("lobby");
	readonly #memory = memoryInMemory();
	readonly #store = pendingInMemory();
	/** What was written on this device and not refused for good, in order. */
	readonly written: string[] = [];
	readonly refused = new Set<string>();
	readonly #removed = new Set<string>();
	#writtenHere = new Set<string>();
	#texts = 0;
	line!: SimulatedLine;
	person!: Person;
	room!: Room;

	constructor(seed: number) {
		this.random = seededRandom(seed);
		this.#memory.set("roomsOf", ME.id);
		this.#memory.set("rooms", ["lobby"]);
	}

	/** A page, with what the last one left. */
	async load(): Promise<void> {
		this.line?.cut();
		this.person?.close();
		this.#writtenHere = new Set();
		this.line = new SimulatedLine(this.log, ME, ({ body }) => this.#refusal(body!));
		this.person = createPerson({
			user: ME,
			connection: this.line.connection,
			memory: this.#memory,
			pendingStore: this.#store,
			locate: () => assert.fail("nobody asked for a location"),
			onReplaced: () => assert.fail("nobody else has signed in"),
		});
		this.room = this.person.rooms.joined.peek()[0]!;
		// The store answers in a few turns; until then the page is empty, as it is in a browser.
		for (let turn = 0; turn < 10; turn++) await null;
	}

	write(): void {
		const text = `mine ${++this.#texts}${this.#chance(0.1) ? " refused" : ""}`;
		this.written.push(text);
		this.#writtenHere.add(text);
		this.room.send(text);
	}

	serve(): void {
		const entry = this.line.serve();
		if (entry) this.line.tell([entry]);
	}

	step(): void {
		const { line, log } = this;
		const acts: [number, () => void][] = [
			[14, () => this.write()],
			[20, () => this.serve()],
			[30, () => line.deliver()],
			[6, () => line.deliver(Math.floor(this.random() * line.packets.length))],
			[10, () => line.tell([log.append(OTHER, { body: `other ${++this.#texts}` })])],
			[4, () => line.tell([log.append(ME, { body: `my phone ${++this.#texts}` })])],
			[3, () => this.#remove()],
			[4, () => this.#duplicate()],
			[4, () => this.#drop()],
			[4, () => line.cut()],
			[8, () => line.up()],
			[4, () => line.timeOut()],
		];
		let rest = this.random() * acts.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, act] of acts) {
			rest -= weight;
			if (rest >= 0) continue;
			act();
			return;
		}
	}

	/** Nothing on screen twice, everything in the log's order, and no hole in it. */
	check(): void {
		const drawn = this.room.items.peek().flatMap((item) => (item.kind === "message" ? [item] : []));
		const texts = drawn.map(({ content }) => content.body!);
		assert.equal(new Set(texts).size, texts.length, `twice on screen: ${texts.join(", ")}`);
		assert.equal(new Set(drawn.map(({ key }) => key)).size, drawn.length, "a key twice");
		const stored = drawn.filter(({ state, seq }) => state === "stored" && seq !== undefined);
		const first = stored[0]?.seq ?? Number.POSITIVE_INFINITY;
		const inLog = new Map(this.log.messages.map(({ seq, body }) => [body!, seq]));
		const isSending = drawn.some(({ state }) => state === "queued" || state === "sending");
		for (const text of this.written) {
			const isOlder = (inLog.get(text) ?? Number.POSITIVE_INFINITY) < first;
			// What another page wrote is held back while it may be what this one is sending again.
			const mayBeHeld = !this.#writtenHere.has(text) && inLog.has(text) && isSending;
			if (isOlder || mayBeHeld || this.#removed.has(text)) continue;
			assert.ok(texts.includes(text), `"${text}" was written and is not on screen: ${texts.join(", ")}`);
		}
		const others = stored.filter(({ mine }) => !mine).map(({ seq }) => seq!);
		const last = others.at(-1) ?? 0;
		const expected = this.log.messages
			.filter(({ author, seq }) => author.id === OTHER.id && seq >= (others[0] ?? 1) && seq <= last)
			.map(({ seq }) => seq);
		for (const seq of expected) assert.ok(others.includes(seq), `a hole at ${seq}`);
		assert.deepEqual(
			others,
			others.toSorted((a, b) => a - b),
		);
	}

	/** Everything that is under way arrives; what was lost is noticed by a new line, or by one more message on the old one. */
	async settle(t: TestContext): Promise<void> {
		if (this.#chance(0.5)) this.line.cut();
		this.line.up();
		this.line.tell([this.log.append(OTHER, { body: "the last word" })]);
		for (let turn = 0; turn < 2_000 && (this.#isBusy() || turn < 5); turn++) {
			while (this.line.requests.length + this.line.packets.length > 0) {
				this.serve();
				this.line.deliver();
				this.check();
			}
			t.mock.timers.tick(30_000);
			await null;
		}
	}

	#isBusy(): boolean {
		const waits = this.room.items.peek().some((item) => item.kind === "message" && item.state === "queued");
		return this.line.requests.length + this.line.packets.length > 0 || waits;
	}

	#remove(): void {
		const { messages } = this.log;
		const target = messages[Math.floor(this.random() * messages.length)];
		if (!target) return;
		this.#removed.add(target.body!);
		this.line.tell([this.log.remove(target.seq)]);
	}

	#duplicate(): void {
		const packet = this.line.packets.find(({ kind }) => kind === "appended");
		if (packet) this.line.packets.push(packet);
	}

	#drop(): void {
		const index = this.line.packets.findIndex(({ kind }) => kind === "appended");
		if (index !== -1) this.line.packets.splice(index, 1);
	}

	#refusal(body: string): Refusal | undefined {
		if (body.endsWith("refused")) {
			this.refused.add(body);
			return { code: "bad_request", message: "No.", retryable: false };
		}
		if (this.#chance(0.1)) return { code: "rate_limited", message: "Wait.", retryable: true, retryAfterMs: 100 };
		return undefined;
	}

	#chance(probability: number): boolean {
		return this.random() < probability;
	}
}

async function run(t: TestContext, seed: number): Promise<void> {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const world = new World(seed);
	t.mock.method(Math, "random", world.random);
	await world.load();
	for (let step = 0; step < STEPS; step++) {
		if (world.random() < 0.02) await world.load();
		world.step();
		if (world.random() < 0.2) t.mock.timers.tick(1_000);
		world.check();
	}
	await world.settle(t);

	const drawn = world.room.items.peek().flatMap((item) => (item.kind === "message" ? [item] : []));
	const fresh = world.log.messages.map(({ seq, author, body }) => ({ seq, author: author.id, body }));
	const shown = drawn
		.filter(({ state }) => state === "stored")
		.map(({ seq, author, content }) => ({ seq, author: author.id, body: content.body }));
	assert.deepEqual(shown, fresh.slice(-shown.length), "the timeline is not what a fresh fetch shows");
	assert.ok(shown.length >= Math.min(fresh.length, JOIN_MESSAGES), "the timeline is shorter than a fresh fetch");
	const waiting = drawn.filter(({ state }) => state !== "stored").map(({ content }) => content.body!);
	assert.deepEqual(new Set(waiting), world.refused, "what is left was not refused");
	const mine = world.log.entries.flatMap((entry) => (entry.kind === "message" ? [entry.body!] : []));
	const order = mine.filter((body) => world.written.includes(body));
	assert.deepEqual(
		order,
		world.written.filter((text) => order.includes(text)),
		"not in the order of writing",
	);
	t.mock.restoreAll();
	t.mock.timers.reset();
	world.person.close();
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: ROUNDS }, (_, index) => index + 1);

test(`M4 M5 ${seeds.length} random histories end as a fresh fetch, and show nothing twice on the way`, async (t) => {
	for (const seed of seeds) {
		try {
			await run(t, seed);
		} catch (cause) {
			throw new Error(`SEED=${seed} fails`, { cause });
		}
	}
});
