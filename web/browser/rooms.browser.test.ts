/** Finding, switching, leaving and closing rooms. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const ADMIN = { ADMIN_TOKEN: "an-admins-token-for-this-test" };

test("the room picker has the focus in its field and shows the rooms that match", async (t) => {
	const chat = await openBrowserTest(t);
	for (const room of ["garden", "garage", "hall"]) await chat.join(`User of ${room}`, room);
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.getByRole("button", { name: "Add a room" }).click();
	const dialog = ada.page.getByRole("dialog", { name: "Add a room" });
	const rooms = dialog.getByRole("listitem");
	await rooms.nth(2).waitFor();
	await ada.page.keyboard.type("Gar");
	assert.equal(await dialog.getByLabel("Room name").inputValue(), "Gar");
	await rooms.nth(2).waitFor({ state: "detached" });
	assert.deepEqual((await rooms.locator("bdi").allTextContents()).sort(), ["garage", "garden"]);
	await ada.page.keyboard.type("x");
	await dialog.getByText("No room is called Garx. Press Join to create it.").waitFor();
	await ada.page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
});

test("the list of rooms scrolls to the open one", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "room 1", { viewport: { width: 1_000, height: 420 } });
	for (let n = 2; n <= 12; n++) {
		await ada.page.goto(`${chat.server.url}/r/room%20${n}`);
		await ada.page.getByRole("heading", { name: `room ${n}`, exact: true }).waitFor();
	}
	const list = (await ada.page.locator(".side--rooms .side__scroll").boundingBox())!;
	const open = (await ada.page.locator(".room--current").boundingBox())!;
	assert.ok(open.y >= list.y && open.y + open.height <= list.y + list.height, JSON.stringify({ list, open }));
});

test("switching announces the room, its people and its unread messages", async (t) => {
	const chat = await openBrowserTest(t);
	const bob = await chat.join("Bob", "studio");
	const ada = await chat.join("Ada", "studio");
	await ada.page.goto(`${chat.server.url}/r/attic`);
	await ada.page.getByRole("heading", { name: "attic", level: 1 }).waitFor();
	await ada.page.getByRole("button", { name: /^studio/ }).waitFor();
	await bob.send("one");
	await bob.send("two");
	await ada.page.getByRole("button", { name: "studio 2 unread messages" }).click();
	await ada.page.locator("[aria-live=polite]").getByText("studio, 2 people, 2 unread").waitFor({ state: "attached" });
	assert.equal(await ada.composer.getAttribute("aria-label"), "Message #studio");
	assert.equal(await ada.composer.getAttribute("placeholder"), "Message #studio");
});

test("leaving a room can be undone for five seconds, the focus stays on the page, and Back stays out of the room", async (t) => {
	const chat = await openBrowserTest(t);
	const bob = await chat.join("Bob", "kitchen");
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.goto(`${chat.server.url}/r/garden`);
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	await ada.page.getByRole("button", { name: /^kitchen/ }).click();
	await ada.composer.fill("a draft");
	await ada.openPeople();
	const leave = ada.page.getByRole("button", { name: "Leave this room" });
	await leave.click();
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	assert.notEqual(await ada.page.evaluate(() => document.activeElement?.tagName), "BODY");
	await ada.page.getByText("You left kitchen.").waitFor();
	await ada.page.getByRole("button", { name: "Undo" }).click();
	await ada.page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();
	assert.equal(await ada.composer.inputValue(), "a draft");
	await bob.seesPeople(2);
	assert.equal(await bob.timeline.getByText("Ada left").count(), 0);

	await leave.click();
	await bob.seesPeople(1);
	await ada.page.getByText("You left kitchen.").waitFor({ state: "detached" });
	assert.equal(await ada.page.getByRole("button", { name: /^kitchen/ }).count(), 0);

	// Back does not join it again.
	await ada.page.goBack();
	await ada.page.waitForURL("**/r/garden");
	await bob.seesPeople(1);
	assert.equal(await ada.page.getByRole("heading", { name: "garden", level: 1 }).count(), 1);
});

test("signing out can be undone; without that the session ends after five seconds, or when the page is closed", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("still here");
	await ada.hasStored(1);
	await ada.signOut();
	await ada.page.getByRole("heading", { name: "Join #kitchen" }).waitFor();
	await ada.page.getByRole("button", { name: "Undo" }).click();
	await ada.seesExactly(["still here"]);

	const ended = () => ada.page.waitForResponse((response) => response.request().method() === "DELETE");
	const [response] = await Promise.all([ended(), ada.signOut()]);
	assert.equal(response.status(), 204);
	await ada.page.getByText("You signed out.").waitFor({ state: "detached" });
	await ada.page.getByLabel("Your name").press("Enter");
	await ada.composer.waitFor();

	await ada.signOut();
	await ada.page.getByRole("heading", { name: "Join #kitchen" }).waitFor();
	await ada.page.close();
	const page = await ada.context.newPage();
	await page.goto(chat.server.url);
	await page.getByRole("heading", { name: "Join a room" }).waitFor();
});

test("A5 the composer of a closed room is replaced by a sentence at once", async (t) => {
	const chat = await openBrowserTest(t, ADMIN);
	const ada = await chat.join("Ada", "kitchen");
	const response = await fetch(`${chat.server.url}/api/closed-rooms/kitchen`, {
		method: "PUT",
		headers: { authorization: `Bearer ${ADMIN.ADMIN_TOKEN}` },
	});
	assert.ok(response.ok, `${response.status}`);
	await ada.page.getByText("This room is read-only.", { exact: true }).waitFor();
	assert.equal(await ada.composer.count(), 0);
});

test("who is in a room that an admin removes reads that it has started over, also in an empty one", async (t) => {
	const chat = await openBrowserTest(t, ADMIN);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("soon gone");
	await ada.hasStored(1);
	const response = await fetch(`${chat.server.url}/api/rooms/kitchen`, {
		method: "DELETE",
		headers: { authorization: `Bearer ${ADMIN.ADMIN_TOKEN}` },
	});
	assert.ok(response.ok, `${response.status}`);
	await ada.page.getByText("This room has started over. Its earlier messages are gone.").waitFor();
	assert.equal(await ada.page.getByText("soon gone").count(), 0);
	await ada.send("afresh");
	await ada.seesExactly(["afresh"]);
});

test("the panel is closed at first, remembered when open, and closed by Escape", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const panel = ada.page.getByRole("complementary", { name: "People" });
	assert.equal(await panel.count(), 0);
	await ada.openPeople();
	await ada.page.reload();
	await panel.getByText("Ada").waitFor();
	await ada.page.keyboard.press("Escape");
	await panel.waitFor({ state: "detached" });
	assert.equal(await ada.page.evaluate(() => document.activeElement?.getAttribute("aria-expanded")), "false");
	await ada.page.reload();
	await ada.seesPeople(1);
	assert.equal(await panel.count(), 0);
});
