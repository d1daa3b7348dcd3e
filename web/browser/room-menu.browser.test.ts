/** The pinned messages of a room, and the jump to a date. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const ADMIN = { ADMIN_TOKEN: "admin-token-for-this-test-only" };

test("the menu of a room lists its pinned messages, and jumps to a date", async (t) => {
	const chat = await openBrowserTest(t, ADMIN);
	const ada = await chat.join("Ada", "kitchen");
	for (const text of ["the plan", "something else"]) await ada.send(text);
	await ada.hasStored(2);
	const { page } = ada;
	const openMenu = () => page.getByRole("button", { name: "More in this room" }).click();

	await openMenu();
	await page.getByRole("menuitem", { name: "Pinned messages" }).click();
	const panel = page.getByRole("complementary", { name: "Pinned messages" });
	await panel.getByText("No messages are pinned in this room.").waitFor();
	const seq = await ada.timeline.locator("article", { hasText: "the plan" }).getAttribute("data-seq");
	const pinned = await fetch(`${chat.server.url}/api/rooms/kitchen/pins/${seq}`, {
		method: "PUT",
		headers: { authorization: `Bearer ${ADMIN.ADMIN_TOKEN}` },
	});
	assert.ok(pinned.ok, `${pinned.status}`);
	await panel.getByText("the plan", { exact: true }).waitFor();
	await panel.getByRole("button", { name: "Show in the room" }).click();
	await ada.timeline.locator(".message--highlighted", { hasText: "the plan" }).waitFor();
	await page.keyboard.press("Escape");
	await panel.waitFor({ state: "detached" });

	await openMenu();
	await page.getByRole("menuitem", { name: "Jump to a date" }).click();
	await page.getByLabel("Date", { exact: true }).fill("2020-02-29");
	await page.getByRole("button", { name: "Jump", exact: true }).click();
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await ada.timeline.locator(".message--highlighted", { hasText: "the plan" }).waitFor();
	assert.deepEqual(ada.errors, []);
});
