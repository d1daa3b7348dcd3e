import assert from "node:assert/strict";
import { test } from "node:test";
import { openBlockingProxy } from "./blocking-proxy.ts";
import { openBrowserTest } from "./browser-test.ts";

test("a device without a network shows that at once, under the header, and stays where it was scrolled to", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	// Whether it is shown is read a few turns after the event, because a busy machine may be slow.
	await ada.page.evaluate(() => {
		addEventListener("offline", async () => {
			for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve));
			Object.assign(window, { isShownAtOnce: document.querySelector("[role=status] .connection") !== null });
		});
	});
	await ada.context.setOffline(true);
	const strip = ada.page
		.getByRole("status")
		.filter({ hasText: "You're offline. Messages will send when you reconnect." });
	await strip.waitFor();
	await ada.page.waitForFunction(() => "isShownAtOnce" in window && window.isShownAtOnce);
	const [header, below] = await Promise.all([
		ada.page.locator(".room-page > .header").boundingBox(),
		strip.boundingBox(),
	]);
	assert.ok(Math.abs(header!.y + header!.height - below!.y) < 2, "the strip is under the header");
	const end = await ada.timeline.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
	assert.ok(end < 2, "the timeline is still at its end");

	await ada.context.setOffline(false);
	await strip.waitFor({ state: "detached" });
});

test("messages written offline are delivered once and in order after reconnecting", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.send("0");
	await bob.sees("0");

	await bob.context.setOffline(true);
	for (const text of ["1", "2", "3"]) await bob.send(text);
	await bob.seesExactly(["0", "1", "2", "3"]);
	await bob.timeline.locator(".message--mine[data-state=queued]").nth(2).waitFor();
	await ada.send("sent meanwhile");
	await ada.hasStored(2);
	assert.deepEqual(await ada.bodies.allInnerTexts(), ["0", "sent meanwhile"]);
	await bob.page.getByText("You're offline.").waitFor();

	await bob.context.setOffline(false);
	await bob.hasStored(3);
	for (const user of [ada, bob]) await user.seesExactly(["0", "sent meanwhile", "1", "2", "3"]);
	await bob.page.getByText("You're offline.").waitFor({ state: "detached" });
});

test("what the outbox has no room for stays in the composer, with a sentence", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.context.setOffline(true);
	await ada.page.getByText("You're offline.").waitFor();
	// 200 messages are kept.
	for (let line = 1; line <= 201; line++) await ada.send(String(line));
	await ada.page.getByText("200 messages are waiting to be sent.", { exact: false }).first().waitFor();
	assert.equal(await ada.composer.inputValue(), "201");
});

test("messages written offline survive a reload of the page", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await chat.server.kill();
	for (const text of ["1", "2"]) await bob.send(text);
	await bob.timeline.locator(".message--mine[data-state=queued]").nth(1).waitFor();
	// The page cannot be loaded without the server, so the tab is closed and a new one is opened.
	await bob.page.close();
	await chat.server.kill();
	await chat.server.start();
	const page = await bob.context.newPage();
	await page.goto(chat.server.url);
	await page.getByRole("log").getByText("2", { exact: true }).waitFor();
	await ada.seesExactly(["1", "2"]);
});

test("killing and restarting the server loses and duplicates nothing", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	const expected: string[] = [];
	for (let round = 0; round < 3; round++) {
		for (const user of [ada, bob]) {
			expected.push(`${user.name} ${round}`);
			await user.send(`${user.name} ${round}`);
		}
		// The server is killed before, while or after it stores these. The result must be the same.
		await chat.server.kill();
		await chat.server.start();
		for (const user of [ada, bob]) await user.hasStored(round + 1);
	}
	const orders: string[][] = [];
	for (const user of [ada, bob]) {
		await user.bodies.nth(expected.length - 1).waitFor();
		const seen = await user.bodies.allInnerTexts();
		assert.deepEqual(seen.toSorted(), expected.toSorted(), `${user.name} sees each message once`);
		assert.deepEqual(
			seen.filter((body) => body.startsWith(user.name)),
			expected.filter((body) => body.startsWith(user.name)),
			"own messages are in the order of writing",
		);
		orders.push(seen);
	}
	assert.deepEqual(orders[0], orders[1], "everyone sees the same order");
});

test("where WebSockets are blocked, users connect by polling", async (t) => {
	const chat = await openBrowserTest(t);
	const proxy = await openBlockingProxy(chat.server.url);
	t.after(() => proxy.close());
	const ada = await chat.newUser("Ada");
	await ada.join(proxy.url, "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.send("by polling");
	await bob.sees("by polling");
	await bob.send("received");
	await ada.sees("received");
	await ada.hasStored(1);
	assert.ok(proxy.refusedUpgrades > 0, "a WebSocket was tried, and refused");
});
