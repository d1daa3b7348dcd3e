/** The page on a phone: Back, the Return key, bubbles. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

test("Back closes a drawer or dialog and stays in the room; a room chosen in a drawer is one step", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", PHONE);
	await ada.page.goto(`${chat.server.url}/r/garden`);
	const garden = ada.page.getByRole("heading", { name: "garden", level: 1 });
	await garden.waitFor();
	const drawer = ada.page.getByRole("dialog");
	const openRooms = () => ada.page.getByRole("button", { name: "Rooms" }).click();
	const path = () => new URL(ada.page.url()).pathname;

	await ada.openPeople();
	await ada.page.goBack();
	await drawer.waitFor({ state: "detached" });
	assert.equal(path(), "/r/garden");

	await openRooms();
	await ada.page.getByRole("button", { name: "Add a room" }).click();
	await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
	await ada.page.goBack();
	await drawer.waitFor({ state: "detached" });
	await garden.waitFor();

	await openRooms();
	await ada.page.getByRole("button", { name: "Close" }).click();
	await drawer.waitFor({ state: "detached" });
	await openRooms();
	await ada.page.getByRole("button", { name: /^kitchen/ }).click();
	await ada.page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();
	await drawer.waitFor({ state: "detached" });
	assert.equal(path(), "/r/kitchen");
	await ada.page.goBack();
	await garden.waitFor();
	assert.equal(await drawer.count(), 0);
});

test("on touch Return starts a new line and the button sends, unless the user chooses otherwise", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", PHONE);
	await ada.composer.fill("one");
	await ada.composer.press("Enter");
	await ada.composer.pressSequentially("two");
	assert.equal(await ada.composer.inputValue(), "one\ntwo");
	assert.equal(await ada.composer.getAttribute("enterkeyhint"), "enter");
	await ada.page.getByRole("button", { name: "Send" }).click();
	await ada.seesExactly(["one\ntwo"]);

	await ada.page.getByRole("button", { name: "Rooms" }).click();
	await ada.openSettings();
	await ada.page.getByText("Sends", { exact: true }).click();
	await ada.page.keyboard.press("Escape");
	// The page goes back over the dialog's entry of the history.
	await ada.page.waitForFunction(() => history.state === null);
	await ada.page.reload();
	await ada.send("three");
	await ada.seesExactly(["one\ntwo", "three"]);
});

test("own messages are bubbles at the right on a phone, and lines at the left from 768 px", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", PHONE);
	await ada.composer.fill("mine");
	await ada.page.getByRole("button", { name: "Send" }).click();
	await ada.hasStored(1);
	const text = () => ada.timeline.getByText("mine", { exact: true }).boundingBox();
	assert.ok((await text())!.x > 195);
	assert.equal(await ada.timeline.locator(".message .avatar").isVisible(), false);
	await ada.page.setViewportSize({ width: 768, height: 800 });
	await ada.timeline.getByText("You", { exact: true }).waitFor();
	const avatar = (await ada.timeline.locator(".message .avatar").boundingBox())!;
	assert.deepEqual([avatar.width, avatar.height], [36, 36]);
	assert.ok((await text())!.x < 384);
});
