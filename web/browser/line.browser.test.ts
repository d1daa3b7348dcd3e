import assert from "node:assert/strict";
import { test } from "node:test";
import { blockWebSockets } from "./proxy.ts";
import { setStage } from "./stage.ts";

test("what is written offline is delivered once, in order, when the line is back", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.enter("Ada", "kitchen");
	const bob = await stage.enter("Bob", "kitchen");
	await ada.say("0");
	await bob.sees("0");

	await bob.context.setOffline(true);
	for (const text of ["1", "2", "3"]) await bob.say(text);
	await bob.seesExactly(["0", "1", "2", "3"]);
	await bob.timeline.locator(".message--mine[data-state=queued]").nth(2).waitFor();
	await ada.say("said meanwhile");
	await ada.hasStored(2);
	assert.deepEqual(await ada.bodies.allInnerTexts(), ["0", "said meanwhile"]);
	await bob.page.getByText("You're offline.").waitFor();

	await bob.context.setOffline(false);
	await bob.hasStored(3);
	for (const person of [ada, bob]) await person.seesExactly(["0", "said meanwhile", "1", "2", "3"]);
	await bob.page.getByText("You're offline.").waitFor({ state: "detached" });
});

test("what is written offline outlives a reload of the page", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.enter("Ada", "kitchen");
	const bob = await stage.enter("Bob", "kitchen");
	await stage.server.kill();
	for (const text of ["1", "2"]) await bob.say(text);
	await bob.timeline.locator(".message--mine[data-state=queued]").nth(1).waitFor();
	// The page itself can't be fetched without the server: the tab is closed and opened anew.
	await bob.page.close();
	await stage.server.restart();
	const page = await bob.context.newPage();
	await page.goto(stage.server.url);
	await page.getByRole("log").getByText("2", { exact: true }).waitFor();
	await ada.seesExactly(["1", "2"]);
});

test("a server that is killed and restarted under everyone loses nothing and doubles nothing", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.enter("Ada", "kitchen");
	const bob = await stage.enter("Bob", "kitchen");
	const expected: string[] = [];
	for (let round = 0; round < 3; round++) {
		for (const person of [ada, bob]) {
			expected.push(`${person.name} ${round}`);
			await person.say(`${person.name} ${round}`);
		}
		// Whether it dies before, while or after it stores these is for chance to say: all three must end alike.
		await stage.server.restart();
		for (const person of [ada, bob]) await person.hasStored(round + 1);
	}
	const orders: string[][] = [];
	for (const person of [ada, bob]) {
		await person.bodies.nth(expected.length - 1).waitFor();
		const seen = await person.bodies.allInnerTexts();
		assert.deepEqual(seen.toSorted(), expected.toSorted(), `${person.name} sees each message once`);
		assert.deepEqual(
			seen.filter((body) => body.startsWith(person.name)),
			expected.filter((body) => body.startsWith(person.name)),
			"one's own messages are in the order in which they were written",
		);
		orders.push(seen);
	}
	assert.deepEqual(orders[0], orders[1], "everyone sees the same order");
});

test("where WebSocket is blocked, people talk over polling", async (t) => {
	const stage = await setStage(t);
	const proxy = await blockWebSockets(stage.server.url);
	t.after(() => proxy.close());
	const ada = await stage.arrive("Ada");
	await ada.enter(proxy.url, "kitchen");
	const bob = await stage.enter("Bob", "kitchen");
	await ada.say("through the keyhole");
	await bob.sees("through the keyhole");
	await bob.say("I hear you");
	await ada.sees("I hear you");
	await ada.hasStored(1);
	assert.ok(proxy.refusedUpgrades > 0, "a WebSocket was tried, and refused");
});
