/** What is shown of a message's state, and what is copied of a message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

test("the state of a message is shown only while it is sent for longer than a second", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("quick");
	await ada.hasStored(1);
	assert.equal(await ada.timeline.locator(".sending").count(), 0, "none once it is stored");
	await ada.context.setOffline(true);
	await ada.send("slow");
	const mark = ada.timeline.locator(".sending");
	await mark.waitFor({ state: "attached" });
	const opacity = () => mark.evaluate((element) => getComputedStyle(element).opacity);
	assert.equal(await opacity(), "0");
	await ada.page.waitForFunction(() => getComputedStyle(document.querySelector(".sending")!).opacity === "1");
});

test("copying messages gives their texts alone", async (t) => {
	const chat = await openBrowserTest(t);
	const permissions = ["clipboard-read", "clipboard-write"];
	const ada = await chat.join("Ada", "kitchen", { permissions });
	const bob = await chat.join("Bob", "kitchen");
	await bob.send("one");
	await ada.sees("one");
	await ada.send("two");
	await ada.send("three");
	await ada.hasStored(2);
	await ada.page.evaluate(() => {
		const messages = document.querySelectorAll(".message");
		getSelection()!.setBaseAndExtent(messages[0]!, 0, messages[2]!, messages[2]!.childNodes.length);
	});
	await ada.page.keyboard.press("ControlOrMeta+c");
	const copied = await ada.page.evaluate(() => navigator.clipboard.readText());
	assert.deepEqual(copied.split(/\n+/).filter(Boolean), ["one", "two", "three"]);
});

test("unread rooms have a dot and bold type, not a number", async (t) => {
	const chat = await openBrowserTest(t);
	const bob = await chat.join("Bob", "kitchen");
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.goto(`${chat.server.url}/r/garden`);
	const kitchen = ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: /^kitchen/ });
	await kitchen.waitFor();
	const width = () => kitchen.evaluate((button) => getComputedStyle(button, "::after").width);
	assert.equal(await width(), "auto");
	await bob.send("one");
	await ada.page.getByRole("button", { name: "kitchen 1 unread message" }).waitFor();
	assert.equal(await width(), "8px");
});
