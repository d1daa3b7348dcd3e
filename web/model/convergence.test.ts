/**
 * Random histories over an unreliable network: each timeline must end like a fresh fetch, and on the way no message may
 * be drawn twice and no own message may be missing. `SEED=n` runs a single history.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { Random } from "../../load/kit/random.ts";
import type { Room } from "./room.ts";
import { createSignedInUser, type SignedInUser } from "./signed-in-user.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";
import { pendingInMemory } from "./testing/pending-in-memory.ts";
import { SimulatedConnection } from "./testing/simulated-connection.ts";
import { SimulatedLog } from "./testing/simulated-log.ts";

const ROUNDS = 400;
const STEPS = 120;
const ME: User = { id: "me", name: "ada" };
const OTHER: User = { id: "other", name: "grace" };

class World {
	readonly random: Random;
	readonly log = new SimulatedLog("lobby");
	readonly #storage = localStorageInMemory();
	readonly #store = pendingInMemory();
	/** The messages written on this device, in order. */
	readonly written: string[] = [];
	readonly refused = new Set<string>();
	readonly #removed = new Set<string>();
	#writtenHere = new Set<string>();
	#texts = 0;
	connection!: SimulatedConnection;
	user!: SignedInUser;
	room!: Room;

	constructor(seed: number) {
		this.random = new Random(String(seed));
		this.#storage.set("roomsOf", ME.id);
		this.#storage.set("rooms", ["lobby"]);
	}

	/** Opens a page with the storage of the last one. */
	async load(): Promise<void> {
		this.connection?.terminate();
		this.user?.close();
		this.#writtenHere = new Set();
		this.connection = new SimulatedConnection(this.log, ME, ({ body }) => this.#refusal(body!));
		this.user = createSignedInUser({
			user: ME,
			connection: this.connection.connection,
			storage: this.#storage,
			pendingStore: this.#store,
			onReplaced: () => assert.fail("nobody else has signed in"),
		});
		this.room = this.user.rooms.joined.peek()[0]!;
		// The store is asynchronous, so the page is empty for a few turns, as in a browser.
		for (let turn = 0; turn < 10; turn++) await null;
	}

	write(): void {
		const text = `mine ${++this.#texts}${this.random.chance(0.1) ? " refused" : ""}`;
		this.written.push(text);
		this.#writtenHere.add(text);
		this.room.send(text);
	}

	serve(): void {
		const entry = this.connection.serve();
		if (entry) this.connection.broadcast([entry]);
	}

	step(): void {
		const { connection, log } = this;
		const actions: [number, () => void][] = [
			[14, () => this.write()],
			[20, () => this.serve()],
			[30, () => connection.deliver()],
			[6, () => connection.deliver(Math.floor(this.random.next() * connection.packets.length))],
			[10, () => connection.broadcast([log.append(OTHER, { body: `other ${++this.#texts}` })])],
			[4, () => connection.broadcast([log.append(ME, { body: `my phone ${++this.#texts}` })])],
			[3, () => this.#remove()],
			[4, () => this.#duplicate()],
			[4, () => this.#drop()],
			[4, () => connection.terminate()],
			[8, () => connection.connect()],
			[4, () => connection.timeOut()],
		];
		let rest = this.random.next() * actions.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, action] of actions) {
			rest -= weight;
			if (rest >= 0) continue;
			action();
			return;
		}
	}

	/** Asserts that no message is drawn twice, and that the log is drawn in order and without gaps. */
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
			// A message of an earlier page is held back while it may be the one that this page sends again.
			const mayBeHeld = !this.#writtenHere.has(text) && inLog.has(text) && isSending;
			if (isOlder || mayBeHeld || this.#removed.has(text)) continue;
			assert.ok(texts.includes(text), `"${text}" was written and is not on screen: ${texts.join(", ")}`);
		}
		const others = stored.filter(({ mine }) => !mine).map(({ seq }) => seq!);
		const last = others.at(-1) ?? 0;
		const expected = this.log.messages
			.filter(({ author, seq }) => author.id === OTHER.id && seq >= (others[0] ?? 1) && seq <= last)
			.map(({ seq }) => seq);
		for (const seq of expected) assert.ok(others.includes(seq), `a gap at ${seq}`);
		assert.deepEqual(
			others,
			others.toSorted((a, b) => a - b),
		);
	}

	/** Delivers everything. Lost packets are detected by a new connection, or by one more message on the old one. */
	async settle(t: TestContext): Promise<void> {
		if (this.random.chance(0.5)) this.connection.terminate();
		this.connection.connect();
		this.connection.broadcast([this.log.append(OTHER, { body: "the last word" })]);
		for (let turn = 0; turn < 2_000 && (this.#isBusy() || turn < 5); turn++) {
			while (this.connection.requests.length + this.connection.packets.length > 0) {
				this.serve();
				this.connection.deliver();
				this.check();
			}
			t.mock.timers.tick(30_000);
			await null;
		}
	}

	#isBusy(): boolean {
		const waits = this.room.items.peek().some((item) => item.kind === "message" && item.state === "queued");
		return this.connection.requests.length + this.connection.packets.length > 0 || waits;
	}

	#remove(): void {
		const { messages } = this.log;
		const target = messages[Math.floor(this.random.next() * messages.length)];
		if (!target) return;
		this.#removed.add(target.body!);
		this.connection.broadcast([this.log.remove(target.seq)]);
	}

	#duplicate(): void {
		const packet = this.connection.packets.find(({ kind }) => kind === "appended");
		if (packet) this.connection.packets.push(packet);
	}

	#drop(): void {
		const index = this.connection.packets.findIndex(({ kind }) => kind === "appended");
		if (index !== -1) this.connection.packets.splice(index, 1);
	}

	#refusal(body: string): Refusal | undefined {
		if (body.endsWith("refused")) {
			this.refused.add(body);
			return { code: "bad_request", message: "No.", retryable: false };
		}
		if (this.random.chance(0.1)) return { code: "rate_limited", message: "Wait.", retryable: true, retryAfterMs: 100 };
		return undefined;
	}
}

async function run(t: TestContext, seed: number): Promise<void> {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const world = new World(seed);
	t.mock.method(Math, "random", () => world.random.next());
	await world.load();
	for (let step = 0; step < STEPS; step++) {
		if (world.random.chance(0.02)) await world.load();
		world.step();
		if (world.random.chance(0.2)) t.mock.timers.tick(1_000);
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
	world.user.close();
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: ROUNDS }, (_, index) => index + 1);

test(`M4 M5 ${seeds.length} random histories end like a fresh fetch and draw nothing twice on the way`, async (t) => {
	for (const seed of seeds) {
		try {
			await run(t, seed);
		} catch (cause) {
			throw new Error(`SEED=${seed} fails`, { cause });
		}
	}
});
