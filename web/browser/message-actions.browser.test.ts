import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
const rows = ({ timeline }: TestUser) => timeline.getByRole("article");
const editor = ({ page }: TestUser) => page.getByRole("textbox", { name: "Edit message" });
const picker = ({ page }: TestUser) => page.getByRole("dialog", { name: "Emoji" });
const toolbar = ({ page }: TestUser) => page.getByRole("toolbar", { name: "Actions for this message" });
const pill = ({ timeline }: TestUser, name: string) => timeline.getByRole("button", { name, exact: true });

function hasFocus(locator: Locator): Promise<boolean> {
	return locator.evaluate((element) => element === document.activeElement);
}

/** Waits until the actions are loaded, in idle time. */
async function actionsLoaded(user: TestUser): Promise<void> {
	await rows(user).last().hover();
	await toolbar(user).waitFor();
	await user.page.mouse.move(1, 1);
	await toolbar(user).waitFor({ state: "detached" });
}

test("a message is reacted to, edited, copied and deleted by keyboard alone", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", CLIPBOARD);
	const grace = await chat.join("Grace", "kitchen");
	await ada.send("first");
	await ada.send("secnod");
	await ada.hasStored(2);
	await grace.sees("secnod");
	await actionsLoaded(ada);
	const { keyboard } = ada.page;

	await ada.composer.focus();
	await keyboard.press("ArrowUp");
	await editor(ada).waitFor();
	assert.equal(await editor(ada).inputValue(), "secnod");
	await keyboard.press("Escape");
	await editor(ada).waitFor({ state: "detached" });
	assert.ok(await hasFocus(ada.composer), "back in the composer");

	const last = rows(ada).last();
	await last.focus();
	await keyboard.press("e");
	await editor(ada).fill("second");
	await keyboard.press("Enter");
	await grace.sees("second");
	await ada.timeline.getByText("(edited)").waitFor();
	assert.ok(await hasFocus(last), "back on the message");

	await keyboard.press("+");
	await picker(ada).getByRole("gridcell").first().waitFor();
	await keyboard.type("tada");
	await picker(ada).getByRole("grid", { name: "Results" }).waitFor();
	await keyboard.press("Enter");
	await pill(ada, "🎉, 1, including you").waitFor();
	await pill(grace, "🎉, 1").waitFor();
	assert.ok(await hasFocus(last), "back on the message after the picker");
	assert.match((await last.getAttribute("aria-label")) ?? "", /^You: second, \d\d:\d\d, edited, 1 reaction$/);

	await keyboard.press("c");
	await ada.page.getByText("Text copied.").waitFor();
	assert.equal(await ada.page.evaluate(() => navigator.clipboard.readText()), "second");

	await keyboard.press("?");
	await ada.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
	await keyboard.press("Escape");
	assert.ok(await hasFocus(last));
	await keyboard.press("r");
	assert.ok(await hasFocus(ada.composer), "a reply is written in the composer");
	await keyboard.press("Escape");

	await last.focus();
	await keyboard.press("Delete");
	await ada.page.getByText("Message deleted").waitFor();
	await ada.seesExactly(["first"]);
	assert.ok(await hasFocus(rows(ada).last()), "the focus stays among the messages");
	await ada.page.getByRole("button", { name: "Undo" }).focus();
	await keyboard.press("Enter");
	await ada.seesExactly(["first", "second"]);
	await rows(ada).last().focus();
	await keyboard.press("Delete");
	await grace.seesExactly(["first"]);
	assert.deepEqual([...ada.errors, ...grace.errors], []);
});

test("letters are only keys while a message has the focus, and with a modifier they are the browser's", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	await actionsLoaded(ada);
	await ada.composer.fill("r");
	await ada.composer.pressSequentially("e+?c");
	assert.equal(await ada.composer.inputValue(), "re+?c");
	await ada.page.keyboard.press("ArrowUp");
	assert.equal(await editor(ada).count(), 0, "up moves the caret while there is text");
	await rows(ada).last().focus();
	await ada.page.keyboard.press("Control+e");
	assert.equal(await editor(ada).count(), 0);
	await ada.page.keyboard.press("Control+/");
	await ada.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
});

test("the toolbar is one tab stop, in which arrows move; its menu has the rest", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", CLIPBOARD);
	await ada.send("hello");
	await ada.hasStored(1);
	await actionsLoaded(ada);
	const { keyboard } = ada.page;
	const button = (name: string) => toolbar(ada).getByRole("button", { name, exact: true });
	await rows(ada).last().focus();
	await keyboard.press("Tab");
	assert.ok(await hasFocus(button("Thumbs up")));
	await keyboard.press("Enter");
	await pill(ada, "👍, 1, including you").waitFor();
	assert.equal(await button("Thumbs up").getAttribute("aria-pressed"), "true");
	await keyboard.press("ArrowLeft");
	assert.ok(await hasFocus(button("More")));
	await keyboard.press("Enter");
	assert.deepEqual(await ada.page.getByRole("menuitem").allInnerTexts(), [
		"Reply in thread",
		"Edit",
		"Copy text",
		"Copy link",
		"Delete",
	]);
	await keyboard.press("Escape");
	assert.ok(await hasFocus(button("More")));
	await keyboard.press("Enter");
	await ada.page.getByRole("menuitem", { name: "Copy link" }).click();
	const link = await ada.page.evaluate(() => navigator.clipboard.readText());
	assert.match(link, /^http:.*\/r\/kitchen\/\d+$/);
	await rows(ada).last().focus();
	await keyboard.press("Tab");
	assert.ok(await hasFocus(pill(ada, "👍, 1, including you")), "the reactions come before it");
	await keyboard.press("Tab");
	await keyboard.press("Escape");
	assert.ok(await hasFocus(rows(ada).last()), "Escape leads from the toolbar to the message");
});

test("a pill toggles, says who, and more than eight are folded", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const grace = await chat.join("Grace", "kitchen");
	await ada.send("hello");
	await grace.sees("hello");
	await actionsLoaded(grace);
	await rows(grace).last().hover();
	await toolbar(grace).getByRole("button", { name: "Thumbs up" }).click();
	await pill(ada, "👍, 1").click();
	await pill(grace, "👍, 2, including you").hover();
	await grace.timeline.getByText("You and Ada", { exact: true }).waitFor();
	await pill(ada, "👍, 2, including you").click();
	await pill(grace, "👍, 1, including you").waitFor();

	for (const word of ["tada", "rocket", "eyes", "fire", "cake", "bee", "cat", "dog", "sun"]) {
		await rows(grace).last().focus();
		await grace.page.keyboard.press("+");
		await picker(grace).getByRole("gridcell").first().waitFor();
		await grace.page.keyboard.type(word);
		await picker(grace).getByRole("grid", { name: "Results" }).waitFor();
		await grace.page.keyboard.press("Enter");
		await picker(grace).waitFor({ state: "detached" });
	}
	const reactions = ada.timeline.getByRole("group", { name: "Reactions" }).getByRole("button");
	await ada.timeline.getByRole("button", { name: "2 more reactions" }).click();
	assert.equal(await reactions.count(), 10);
});

test("screen readers receive announcements of a reaction of somebody else to an own message, and to no other", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const grace = await chat.join("Grace", "kitchen");
	const noor = await chat.join("Noor", "kitchen");
	await ada.send("hello");
	await grace.sees("hello");
	await actionsLoaded(ada);
	await actionsLoaded(noor);
	await actionsLoaded(grace);
	await rows(grace).last().hover();
	await toolbar(grace).getByRole("button", { name: "Thumbs up" }).click();
	const spoken = (user: TestUser) => user.page.locator("[aria-live=polite]").allInnerTexts();
	await ada.page.getByText('Grace reacted with 👍 to "hello"').waitFor({ state: "attached" });
	await pill(noor, "👍, 1").waitFor();
	assert.doesNotMatch((await spoken(noor)).join(), /reacted/);
	assert.doesNotMatch((await spoken(grace)).join(), /reacted/);
});

test("an edit, a reaction and a deletion made offline arrive once after the reconnect", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const grace = await chat.join("Grace", "kitchen");
	for (const text of ["one", "two", "three"]) await ada.send(text);
	await ada.hasStored(3);
	await grace.sees("three");
	await actionsLoaded(ada);
	await ada.context.setOffline(true);
	await ada.page.getByText("You're offline.").waitFor();
	const { keyboard } = ada.page;
	await rows(ada).nth(0).focus();
	await keyboard.press("e");
	await editor(ada).fill("<img src=x onerror=alert(1)>");
	await keyboard.press("Enter");
	await rows(ada).nth(1).hover();
	await toolbar(ada).getByRole("button", { name: "Red heart" }).last().click();
	await pill(ada, "❤️, 1, including you").and(ada.page.locator("[data-state=queued]")).waitFor();
	await rows(ada).nth(2).focus();
	await keyboard.press("Delete");
	await ada.seesExactly(["<img src=x onerror=alert(1)>", "two"]);
	await grace.seesExactly(["one", "two", "three"]);
	await ada.context.setOffline(false);
	await grace.seesExactly(["<img src=x onerror=alert(1)>", "two"]);
	await pill(grace, "❤️, 1").waitFor();
	await ada.timeline.locator(".pill[data-state]").waitFor({ state: "detached" });
	await ada.page.reload();
	await ada.seesExactly(["<img src=x onerror=alert(1)>", "two"]);
	assert.equal(await ada.timeline.locator("img").count(), 0);
});

test("an edit that is refused keeps the text, and can be retried, edited again and discarded", async (t) => {
	const chat = await openBrowserTest(t, { LIMIT_BODY_CHARS: "10" });
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("short");
	await ada.hasStored(1);
	await actionsLoaded(ada);
	await rows(ada).last().focus();
	await ada.page.keyboard.press("e");
	await editor(ada).fill("far too long for this server");
	await ada.page.keyboard.press("Enter");
	await ada.timeline.getByText("Your edit wasn't saved.").waitFor();
	await ada.seesExactly(["short"]);
	await ada.timeline.getByRole("button", { name: "Edit", exact: true }).click();
	assert.equal(await editor(ada).inputValue(), "far too long for this server");
	await editor(ada).fill("fits");
	await ada.page.keyboard.press("Enter");
	await ada.seesExactly(["fits"]);
	await ada.timeline.getByText("Your edit wasn't saved.").waitFor({ state: "detached" });
});

test("an edit that was started is there again after another room was open", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	await actionsLoaded(ada);
	await rows(ada).last().focus();
	await ada.page.keyboard.press("e");
	await editor(ada).fill("half an ed");
	await ada.page.getByRole("button", { name: "Add a room" }).click();
	await ada.page.getByRole("dialog").getByRole("textbox").fill("hall");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "hall", level: 1 }).waitFor();
	await ada.page.getByRole("button", { name: /^kitchen/ }).click();
	await editor(ada).waitFor();
	assert.equal(await editor(ada).inputValue(), "half an ed");
});

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

test("on touch a long press and a button open the sheet, and a swipe replies", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	const grace = await chat.join("Grace", "kitchen", PHONE);
	await grace.sees("hello");
	await grace.page.waitForTimeout(1_000);
	const bubble = rows(grace).last().locator(".message__bubble");
	let box = (await bubble.boundingBox())!;
	const touches = await grace.context.newCDPSession(grace.page);
	const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0) =>
		touches.send("Input.dispatchTouchEvent", {
			type,
			touchPoints: type === "touchEnd" ? [] : [{ x: box.x + 10 + x, y: box.y + 10 }],
		});
	const sheet = grace.page.getByRole("dialog", { name: "Actions for this message" });

	await touch("touchStart");
	await sheet.waitFor();
	await touch("touchEnd");
	await grace.page.waitForTimeout(300);
	assert.ok(await sheet.isVisible(), "the end of the press does not close it");
	for (const control of await sheet.getByRole("button").all()) {
		const size = (await control.boundingBox())!;
		assert.ok(size.height >= 44 && size.width >= 44, await control.innerHTML());
	}
	assert.equal(await sheet.getByRole("button", { name: "Edit" }).count(), 0, "not on the message of somebody else");
	await sheet.getByRole("button", { name: "Thumbs up" }).tap();
	await sheet.waitFor({ state: "detached" });
	await pill(grace, "👍, 1, including you").waitFor();

	await bubble.tap();
	await toolbar(grace).getByRole("button", { name: "More" }).tap();
	await sheet.waitFor();
	await grace.page.goBack();
	await sheet.waitFor({ state: "detached" });
	await grace.page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();

	box = (await bubble.boundingBox())!;
	await touch("touchStart");
	for (const x of [15, 30, 50, 70, 90]) await touch("touchMove", x);
	await touch("touchEnd");
	await grace.page.getByText("Replying to").waitFor();
	assert.deepEqual(grace.errors, []);
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const [size, options] of Object.entries({ wide: {}, phone: PHONE })) {
		test(`axe finds nothing in the states of a message: ${colorScheme}, ${size}`, async (t) => {
			const chat = await openBrowserTest(t);
			const ada = await chat.join("Ada", "kitchen", { colorScheme, ...options });
			await ada.composer.fill("hello");
			await ada.page.getByRole("button", { name: "Send" }).click();
			await ada.hasStored(1);
			await ada.page.waitForTimeout(1_000);
			const check = async (state: string) => assert.deepEqual(await axeViolations(ada.page), [], state);
			const row = rows(ada).last();
			await row.focus();
			await ada.page.keyboard.press("e");
			await editor(ada).waitFor();
			await check("the form");
			await editor(ada).fill("hello!");
			await ada.page.getByRole("button", { name: "Save" }).click();
			await ada.timeline.getByText("(edited)").waitFor();
			await row.focus();
			await toolbar(ada).getByRole("button", { name: "More" }).click();
			await check("the menu or sheet");
			await ada.page.keyboard.press("Escape");
			await row.focus();
			await ada.page.keyboard.press("+");
			await picker(ada).getByRole("gridcell").first().waitFor();
			await check("the picker");
			await picker(ada).getByRole("gridcell").first().getByRole("button").click();
			await ada.timeline.getByRole("group", { name: "Reactions" }).waitFor();
			await row.focus();
			await check("the toolbar and a reaction");
			await ada.page.keyboard.press("?");
			await ada.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
			await check("the keys");
			await ada.page.keyboard.press("Escape");
			await row.focus();
			await ada.page.keyboard.press("Delete");
			await ada.page.getByText("Message deleted").waitFor();
			await check("the offer to undo");
		});
	}
}
