import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";
import { actionsLoaded, rows } from "./message-actions.ts";
import { openSender } from "./sender.ts";
import type { TestUser } from "./test-user.ts";

async function openRoom({ page }: TestUser, name: string): Promise<void> {
	await page
		.getByRole("navigation", { name: "Rooms" })
		.getByRole("button", { name: new RegExp(`^${name}`) })
		.click();
	await page.getByRole("heading", { name, level: 1 }).waitFor();
}

async function addRoom({ page }: TestUser, name: string): Promise<void> {
	await page.getByRole("button", { name: "Add a room" }).click();
	await page.getByLabel("Room name").fill(name);
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name, level: 1 }).waitFor();
}

/** The distances of an element's top and of the end of the content from the top of the view, in parts of its height. */
function positions({ timeline }: TestUser, selector: string): Promise<{ top: number; end: number }> {
	return timeline.evaluate((view, selected) => {
		const box = view.getBoundingClientRect();
		const top = view.querySelector(selected)!.getBoundingClientRect().top - box.top;
		const end = view.scrollHeight - view.scrollTop;
		return { top: top / box.height, end: end / box.height };
	}, selector);
}

test("a room with up to a screen of unread messages opens at its end, with the line above them", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 40);
	const ada = await chat.join("Ada", "hall");
	await addRoom(ada, "garden");
	await sender.send(41, 44);
	await ada.page.getByRole("button", { name: "hall 4 unread messages" }).waitFor();
	await openRoom(ada, "hall");
	await ada.timeline.getByText("New", { exact: true }).waitFor();
	const { top, end } = await positions(ada, ".new-divider");
	assert.ok(top > 0 && end < 1.01, `the line is in view, at the end: ${top}, ${end}`);
	assert.equal(await ada.page.getByRole("button", { name: "Mark read" }).count(), 0);
	await ada.page.waitForFunction(() => document.title === "hall · Hubbub");
});

test("with more unread messages it opens at the line, and only what was in view is read", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 40);
	const ada = await chat.join("Ada", "hall");
	await addRoom(ada, "garden");
	await sender.send(41, 100);
	await ada.page.getByRole("button", { name: "hall 60 unread messages" }).waitFor();
	await openRoom(ada, "hall");
	await ada.page.getByText(/^60 new since \d\d:\d\d$/).waitFor();
	const { top } = await positions(ada, ".new-divider");
	assert.ok(Math.abs(top - 0.25) < 0.06, `a quarter from the top: ${top}`);
	await ada.page.waitForFunction(() => /^\((?!60\))\d+\) hall/.test(document.title));
	const unread = Number(/^\((\d+)\)/.exec(await ada.page.title())?.[1]);
	assert.ok(unread > 20 && unread < 60, `${unread} are still unread`);

	// The position is kept while the user is elsewhere, and so is what is unread.
	await ada.timeline.hover();
	await ada.page.mouse.wheel(0, 150);
	await ada.page.waitForTimeout(400);
	/** The messages that are wholly in view, and their distances from its top. */
	const inView = () =>
		ada.timeline.evaluate((view) => {
			const box = view.getBoundingClientRect();
			return [...view.querySelectorAll(".text")].flatMap((text) => {
				const at = text.getBoundingClientRect();
				return at.height > 0 && at.top >= box.top && at.bottom <= box.bottom
					? [{ text: text.textContent, top: at.top - box.top }]
					: [];
			});
		});
	const before = await inView();
	await openRoom(ada, "garden");
	await openRoom(ada, "hall");
	await ada.page.waitForTimeout(400);
	const after = await inView();
	assert.deepEqual(
		after.map(({ text }) => text),
		before.map(({ text }) => text),
		"the same messages are in view",
	);
	assert.ok(Math.abs(after[0]!.top - before[0]!.top) < 2, "at the same places");

	await ada.page.getByRole("button", { name: "Mark read" }).click();
	await ada.page.waitForFunction(() => document.title === "hall · Hubbub");
	assert.equal(await ada.page.getByRole("button", { name: "Mark read" }).count(), 0);
});

test("after a reload the first unread message is loaded, however many follow", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 20);
	const ada = await chat.join("Ada", "hall");
	await ada.sees("message 20");
	await ada.page.goto("about:blank");
	await sender.send(21, 140);
	await ada.page.goto(`${chat.server.url}/r/hall`);
	await ada.page.getByText(/^1\d\d\+? new since \d\d:\d\d$/).waitFor();
	await ada.sees("message 21");
	const { top } = await positions(ada, ".new-divider");
	assert.ok(Math.abs(top - 0.25) < 0.06, `a quarter from the top: ${top}`);
	await ada.page.getByRole("button", { name: "Jump to latest" }).first().click();
	await ada.sees("message 140");
	await ada.page.waitForFunction(() => document.title === "hall · Hubbub");
});

test("messages that arrive while the window has no focus stay unread until it has", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	const ada = await chat.newUser("Ada");
	await ada.page.addInitScript(() => {
		Object.assign(window, { isFocused: true });
		document.hasFocus = () => (window as unknown as { isFocused: boolean }).isFocused;
	});
	await ada.join(chat.server.url, "hall");
	await ada.page.evaluate(() => Object.assign(window, { isFocused: false }));
	await sender.send(1, 2);
	await ada.sees("message 2");
	await ada.page.waitForFunction(() => document.title === "(2) hall · Hubbub");
	await ada.page.evaluate(() => {
		Object.assign(window, { isFocused: true });
		dispatchEvent(new Event("focus"));
	});
	await ada.page.waitForFunction(() => document.title === "hall · Hubbub");

	await ada.page.evaluate(() => Object.assign(window, { isFocused: false }));
	await sender.send(3, 42);
	await ada.page.waitForFunction(() => document.title === "(40) hall · Hubbub");
	await ada.page.evaluate(() => {
		Object.assign(window, { isFocused: true });
		dispatchEvent(new Event("focus"));
	});
	await ada.page.getByText(/^40 new since \d\d:\d\d$/).waitFor();
	const first = await ada.timeline.evaluate(
		(view) => view.querySelector(".new-divider")?.nextElementSibling?.querySelector(".text")?.textContent,
	);
	assert.equal(first, "message 3", "the line is above the first message that arrived meanwhile");
});

test("what is read in one tab is read in the others", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	const ada = await chat.join("Ada", "hall");
	await addRoom(ada, "garden");
	await sender.send(1, 3);
	await ada.page.waitForFunction(() => document.title === "(3) garden · Hubbub");
	const tab = await ada.context.newPage();
	await tab.goto(`${chat.server.url}/r/hall`);
	await tab.getByText("message 3", { exact: true }).waitFor();
	await ada.page.waitForFunction(() => document.title === "garden · Hubbub");
	await ada.page.getByRole("button", { name: "hall", exact: true }).waitFor();
});

test("two devices of one person agree on what is unread, and on what is marked as unread", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 3);
	const laptop = await chat.join("Ada", "hall");
	await laptop.sees("message 3");
	await addRoom(laptop, "garden");
	const phone = await chat.newUser("Ada");
	await phone.context.addCookies(await laptop.context.cookies());
	await phone.page.goto(`${chat.server.url}/r/hall`);
	await phone.sees("message 3");
	await addRoom(phone, "garden");
	await sender.send(4, 5);
	const isUnread = ({ page }: TestUser) => page.getByRole("button", { name: "hall 2 unread messages" });
	for (const device of [laptop, phone]) await isUnread(device).waitFor();

	await openRoom(laptop, "hall");
	await isUnread(phone).waitFor({ state: "detached" });

	await actionsLoaded(laptop);
	await rows(laptop).nth(3).focus();
	await laptop.page.keyboard.press("u");
	await laptop.page.getByText("Marked as unread.").waitFor();
	await isUnread(phone).waitFor();
	await laptop.page.waitForFunction(() => document.title === "(2) hall · Hubbub");
	await laptop.timeline.getByText("New", { exact: true }).waitFor();

	await openRoom(phone, "hall");
	await phone.timeline.getByText("New", { exact: true }).waitFor();
	await laptop.page.waitForFunction(() => document.title === "hall · Hubbub");
	await laptop.timeline.getByText("New", { exact: true }).waitFor({ state: "detached" });
});
