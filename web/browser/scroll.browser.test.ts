import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";
import { openSender } from "./sender.ts";
import type { TestUser } from "./test-user.ts";

function messageOf(user: TestUser, text: string) {
	return user.timeline.getByText(text, { exact: true });
}

/** Scrolls the timeline to its start. Returns the position of the message before older ones are loaded. */
function scrollToStart(user: TestUser, text: string): Promise<number> {
	return user.timeline.evaluate((view, wanted) => {
		view.scrollTop = 0;
		const texts = [...view.querySelectorAll(".text")];
		return texts.find((text) => text.textContent === wanted)!.getBoundingClientRect().top;
	}, text);
}

function distanceToEnd(user: TestUser): Promise<number> {
	return user.timeline.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
}

test("the timeline follows new messages at the end, and keeps its position elsewhere", async (t) => {
	const chat = await openBrowserTest(t);
	const room = await openSender(chat.server.url, "hall");
	await room.send(1, 40);
	const ada = await chat.join("Ada", "hall");
	await ada.sees("message 40");
	assert.ok((await distanceToEnd(ada)) < 2, "a room opens at its end");

	await room.send(41, 42);
	await ada.sees("message 42");
	assert.ok((await distanceToEnd(ada)) < 2, "at the end, new messages are scrolled into view");

	await ada.timeline.hover();
	await ada.page.mouse.wheel(0, -700);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor();
	const reading = await ada.timeline.evaluate((view) => view.scrollTop);
	await room.send(43, 45);
	const back = ada.page.getByRole("button", { name: "3 new" });
	await back.waitFor();
	assert.equal(await ada.timeline.evaluate((view) => view.scrollTop), reading, "elsewhere, the position stays");

	await back.click();
	await messageOf(ada, "message 45").waitFor();
	await back.waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2);

	await ada.page.mouse.wheel(0, -700);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor();
	await ada.send("my own");
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2, "sending a message scrolls to it");
});

test("scrolling up loads history without a jump, and at most 300 messages are drawn", async (t) => {
	const chat = await openBrowserTest(t);
	const room = await openSender(chat.server.url, "archive");
	const total = 450;
	await room.send(1, total);
	const ada = await chat.join("Ada", "archive");
	await ada.sees(`message ${total}`);

	// Rows out of view have no inner text: they are not laid out.
	const first = () => ada.bodies.first().textContent();
	while ((await first()) !== "message 1") {
		const oldest = (await first())!;
		const before = await scrollToStart(ada, oldest);
		await ada.page.waitForFunction((known) => document.querySelector(".text")?.textContent !== known, oldest);
		const after = await messageOf(ada, oldest).evaluate((element) => element.getBoundingClientRect().top);
		assert.ok(Math.abs(after - before) < 2, `${oldest} stayed where it was: ${before} to ${after}`);
		assert.ok((await ada.bodies.count()) <= 300, "at most 300 messages are on the page");
	}
	assert.equal(await messageOf(ada, `message ${total}`).count(), 0, "the newest messages are dropped");

	await room.send(total + 1, total + 1);
	await ada.page.getByRole("button", { name: "Jump to latest" }).click();
	await ada.sees(`message ${total + 1}`);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2);
	assert.ok((await ada.bodies.count()) <= 300);
});

test("one notch of the wheel leaves the end", async (t) => {
	const chat = await openBrowserTest(t);
	const room = await openSender(chat.server.url, "hall");
	await room.send(1, 40);
	const ada = await chat.join("Ada", "hall");
	await ada.sees("message 40");
	await ada.timeline.hover();
	const end = await ada.timeline.evaluate((view) => view.scrollTop);
	await ada.page.mouse.wheel(0, -100);
	await ada.timeline.evaluate(
		(view, top) =>
			new Promise<void>((resolve) => {
				const check = () => (top - view.scrollTop > 90 ? resolve() : requestAnimationFrame(check));
				check();
			}),
		end,
	);
	await room.send(41, 41);
	await ada.page.getByRole("button", { name: "1 new" }).waitFor();
	assert.ok((await distanceToEnd(ada)) > 90);
});
