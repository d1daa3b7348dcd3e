/**
 * Random histories over an unreliable network: each timeline, thread and list of pins must end like a fresh fetch, and on
 * the way no message may be drawn twice and no own message may be missing. `ROUNDS=1000` runs more of them, `SEED=n` a single one.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { MessageItem } from "./item.ts";
import { ME, SimulatedWorld } from "./testing/simulated-world.ts";
import { idOf, isBlocked, visible } from "./testing/world-checks.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 100);
const STEPS = 120;

/** Returns an item in the form of a message of the log. */
function shown({ seq, content, key: _, ...item }: MessageItem) {
	return visible({ ...item, ...content, seq: seq!, rev: 0 } as never);
}

/** Asserts that what is drawn is what a fresh fetch shows. */
function compareWithFetch({ room, thread, log, items, intentions }: SimulatedWorld): void {
	const all = log.messagesFor(ME.id);
	const stored = items.filter(({ state }) => state === "stored");
	assert.deepEqual(stored.map(shown), all.map(visible), "the timeline is not what a fresh fetch shows");
	for (const { edit, removal, pin, reactions = [] } of stored) {
		for (const mark of [edit, removal, pin, ...reactions.map(({ pending }) => pending)])
			assert.ok(mark === undefined || mark.state === "failed", "a change is still pending");
	}
	const unsent = items.filter(({ state }) => state !== "stored");
	const idsOf = (some: MessageItem[]) => some.map(({ content }) => idOf(content.body!));
	const blocked = idsOf(unsent.filter(isBlocked));
	const waiting = idsOf(unsent.filter((item) => !isBlocked(item)));
	const refused = [...intentions.failed].filter((id) => !blocked.includes(id));
	assert.deepEqual(new Set(waiting), new Set(refused), "what is left was not refused");

	const ofThread = thread.items.peek().filter((item) => item.kind === "message" && item.state === "stored");
	const threadOnServer = all.filter(({ seq, root }) => seq === 1 || root === 1);
	assert.deepEqual((ofThread as MessageItem[]).map(shown), threadOnServer.map(visible), "the thread differs");
	const pinned = all.filter((message) => message.pinned);
	assert.deepEqual(room.pinned.peek()?.map(shown), pinned.map(visible), "the list of pins differs");
	const texts = new Map(all.map(({ seq, body }) => [seq, body]));
	for (const { seq, reply } of stored) {
		const target = all.find((message) => message.seq === seq)?.reply;
		assert.equal(reply?.seq, target);
		if (target === undefined) continue;
		assert.deepEqual([reply?.state, reply?.excerpt], [texts.has(target) ? "here" : "removed", texts.get(target)]);
	}
}

/** Asserts that what is unread is what the server's mark says. */
function compareWithMark({ room, log }: SimulatedWorld): void {
	const mark = log.marks.get(ME.id)!;
	const unread = log.messages.filter(({ seq, author }) => author.id !== ME.id && seq > mark);
	const { count, more } = room.unread.peek();
	if (more) assert.ok(count <= unread.length, `${count} or more of ${unread.length} are unread`);
	else assert.equal(count, unread.length, `after ${mark}`);
}

/** Asserts that the server has what the user wanted, in the order of writing. */
function compareWithIntentions({ log, items, intentions }: SimulatedWorld): void {
	const blocked = items.filter(isBlocked).map(({ content }) => idOf(content.body!));
	const messages = new Map(log.messagesFor(ME.id).map((message) => [idOf(message.body!), message]));
	for (const id of intentions.removed) assert.equal(messages.has(id), false, `"${id}" was removed and is stored`);
	for (const [id, text] of intentions.texts)
		if (!blocked.includes(id)) assert.equal(messages.get(id)?.body, text, `of "${id}"`);
	for (const { id, emoji, on } of intentions.reactions) {
		if (blocked.includes(id)) continue;
		const reaction = messages.get(id)?.reactions?.find((one) => one.emoji === emoji);
		assert.equal(reaction?.mine ?? false, on, `${emoji} on "${id}"`);
	}
	const order = [...messages.keys()].filter((id) => intentions.order.includes(id));
	assert.deepEqual(
		order,
		intentions.order.filter((id) => order.includes(id)),
		"not in the order of writing",
	);
}

async function run(t: TestContext, seed: number): Promise<void> {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const world = new SimulatedWorld(seed);
	t.mock.method(Math, "random", () => world.random.next());
	await world.load();
	for (let step = 0; step < STEPS; step++) {
		if (world.random.chance(0.02)) await world.load();
		world.step();
		world.check();
		await world.turns(3);
		if (world.random.chance(0.2)) t.mock.timers.tick(1_000);
		world.check();
	}
	await world.settle(t);
	compareWithFetch(world);
	compareWithIntentions(world);
	compareWithMark(world);
	t.mock.restoreAll();
	t.mock.timers.reset();
	world.user.close();
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: ROUNDS }, (_, index) => index + 1);

test(`C1 M4 M5 ${seeds.length} random histories end like a fresh fetch and draw nothing twice on the way`, async (t) => {
	for (const seed of seeds) {
		try {
			await run(t, seed);
		} catch (cause) {
			throw new Error(`SEED=${seed} fails`, { cause });
		}
	}
});
