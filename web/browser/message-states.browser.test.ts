import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { openBrowserTest } from "./browser-test.ts";
import { actionsLoaded, editor, picker, pill, rows, toolbar } from "./message-actions.ts";

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
	await ada.page.locator("[aria-live=assertive]").getByText("Your edit wasn't saved.").waitFor({ state: "attached" });
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
	const bubble = rows(grace).last().locator(".message__bubble");
	let box = (await bubble.boundingBox())!;
	const touches = await grace.context.newCDPSession(grace.page);
	const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0) =>
		touches.send("Input.dispatchTouchEvent", {
			type,
			touchPoints: type === "touchEnd" ? [] : [{ x: box.x + 10 + x, y: box.y + 10 }],
		});
	const sheet = grace.page.getByRole("dialog", { name: "Actions for this message" });

	// The actions are loaded in idle time: a message that has the focus then has a button.
	await rows(grace).last().focus();
	await toolbar(grace).waitFor();
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
