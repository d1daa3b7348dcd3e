import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";
import { actionsLoaded, toolbar } from "./message-actions.ts";
import { openSender } from "./sender.ts";
import type { TestUser } from "./test-user.ts";

/** The text of the message that has the focus; undefined if it is elsewhere. */
function focused({ page }: TestUser): Promise<string | undefined> {
	return page.evaluate(() => document.activeElement?.closest("article")?.querySelector(".text")?.textContent);
}

test("the timeline is one tab stop, in which keys move between the messages", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 60);
	const ada = await chat.join("Ada", "hall");
	await ada.sees("message 60");
	await ada.send("see https://example.org/");
	await ada.hasStored(1);
	await actionsLoaded(ada);
	const { keyboard } = ada.page;
	assert.equal(await ada.timeline.locator("[tabindex='0']").count(), 2, "the last message and the link in it");

	await ada.timeline.getByRole("article").last().focus();
	await keyboard.press("Tab");
	assert.equal(await ada.page.evaluate(() => document.activeElement?.tagName), "A", "the link of the message");
	await keyboard.press("Shift+Tab");
	await keyboard.press("ArrowUp");
	assert.equal(await focused(ada), "message 60");
	await keyboard.press("ArrowUp");
	assert.equal(await focused(ada), "message 59");
	const article = ada.timeline.locator("article:focus");
	assert.match((await article.getAttribute("aria-label")) ?? "", /^Sender: message 59, \d\d:\d\d$/);
	await keyboard.press("Tab");
	assert.ok(await toolbar(ada).evaluate((bar) => bar.contains(document.activeElement)), "the message's toolbar");
	await keyboard.press("Tab");
	assert.equal(await focused(ada), undefined, "Tab leaves the timeline");
	await keyboard.press("Shift+Tab");
	assert.equal(await focused(ada), "message 59", "and comes back to the same message");
	await keyboard.press("End");
	assert.equal(await focused(ada), "see https://example.org/");
	await keyboard.press("Home");
	const first = await focused(ada);
	assert.ok(await ada.timeline.locator("article:focus").isVisible());

	// Older messages are loaded above it.
	await ada.timeline.getByText("message 5", { exact: true }).waitFor({ state: "attached" });
	assert.equal(await focused(ada), first, "the focus stays on its message");
	await ada.page.waitForTimeout(300);
	const isInView = await ada.timeline.evaluate((view) => {
		const [row, box] = [document.activeElement!.getBoundingClientRect(), view.getBoundingClientRect()];
		return row.bottom > box.top && row.top < box.bottom;
	});
	assert.ok(isInView, "and the message stays in view");

	await keyboard.press("Escape");
	assert.ok(await ada.composer.evaluate((field) => field === document.activeElement));
});

test("when the message that has the focus is removed, the next one has it", async (t) => {
	const chat = await openBrowserTest(t, { LIMIT_BODY_CHARS: "10" });
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("short");
	await ada.hasStored(1);
	await ada.send("far too long for this server");
	await ada.timeline.getByText("Not sent.").waitFor();
	await ada.timeline.getByRole("article").last().focus();
	await ada.page.keyboard.press("Tab");
	await ada.page.keyboard.press("Tab");
	await ada.page.keyboard.press("Enter");
	await ada.timeline.getByText("Not sent.").waitFor({ state: "detached" });
	assert.equal(await focused(ada), "short");
});
