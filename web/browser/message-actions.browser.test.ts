import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";
import { actionsLoaded, editor, hasFocus, picker, pill, rows, toolbar } from "./message-actions.ts";
import type { TestUser } from "./test-user.ts";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

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
