/** Private rooms and direct messages: what their members see at once, and what others never see. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

/** Creates a private room in the picker, by keyboard. */
async function create({ page }: TestUser, title: string): Promise<void> {
	await page.getByRole("button", { name: "Add a room" }).click();
	await page.getByRole("button", { name: "Create a private room" }).press("Enter");
	await page.getByLabel("Name", { exact: true }).waitFor();
	await page.keyboard.type(title);
	assert.deepEqual(await axeViolations(page), [], "the form of a new room");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

function inList({ page }: TestUser, name: string | RegExp) {
	return page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name });
}

test("a private room is created, its owner lets somebody in and removes them, and others see nothing of it", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const ben = await chat.join("Ben", "kitchen");
	const eve = await chat.join("Eve", "kitchen");
	await ada.seesPeople(3);
	await create(ada, "The Attic");
	await ada.page.getByText("Only its members see what is said here.").waitFor();
	assert.match(decodeURIComponent(ada.page.url()), /\/r\/~[a-z2-7]{26}$/);
	assert.equal(await ada.page.title(), "The Attic · Hubbub");
	assert.equal(await ada.composer.getAttribute("aria-label"), "Message The Attic");

	await ada.openPeople();
	const panel = ada.page.getByRole("complementary", { name: "People" });
	await panel.getByLabel("Add people").fill("be");
	await panel.getByRole("button", { name: "Add Ben" }).waitFor();
	await ada.page.keyboard.press("Enter");
	await panel.getByText("2 members").waitFor();
	await ada.timeline.getByText("You added Ben").waitFor();

	await ada.send("hello up here");
	await inList(ben, "The Attic 1 unread message").click();
	await ben.sees("hello up here");
	await ben.send("hello Ada");
	await ada.sees("hello Ada");
	await ben.page.reload();
	await ben.sees("hello up here");
	await ben.page.getByRole("heading", { name: "The Attic", level: 1 }).waitFor();

	await eve.page.getByRole("button", { name: "Add a room" }).click();
	await eve.page.getByText("No other rooms yet").waitFor();
	await eve.page.goto(ada.page.url());
	await eve.page.getByText("There is no room of this name, or you are not a member of it.").waitFor();
	await inList(eve, "kitchen").waitFor();
	assert.ok(!(await eve.page.content()).includes("Attic"), "its title is nowhere");
	assert.ok(!(await eve.page.title()).includes("Attic"));

	await panel.getByRole("button", { name: "Room settings" }).click();
	const settings = ada.page.getByRole("dialog", { name: "Room settings" });
	await settings.getByLabel("Name", { exact: true }).fill("The Cellar");
	assert.deepEqual(await axeViolations(ada.page), [], "the settings of a room");
	await ada.page.keyboard.press("Enter");
	await settings.waitFor({ state: "detached" });
	await ben.page.getByRole("heading", { name: "The Cellar", level: 1 }).waitFor();
	await ben.timeline.getByText("Ada named the room The Cellar").waitFor();
	await ben.page
		.locator("[aria-live=polite]")
		.getByText("Ada named the room The Cellar.")
		.waitFor({ state: "attached" });

	await panel.getByRole("button", { name: "More about Ben" }).press("Enter");
	await panel.getByRole("menuitem", { name: "Make an owner" }).waitFor();
	assert.deepEqual(await axeViolations(ada.page), [], "the members of a room, with a menu");
	await ada.page.keyboard.press("ArrowUp");
	await ada.page.keyboard.press("Enter");
	await ben.page.getByText("You are no longer a member of The Cellar.").waitFor();
	await ben.page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();
	await inList(ben, "The Cellar").waitFor({ state: "detached" });
	await ada.timeline.getByText("You removed Ben").waitFor();
	await panel.getByText("1 member", { exact: true }).waitFor();
	await ada.send("alone again");
	await ada.hasStored(2);
	assert.ok(!(await ben.page.content()).includes("alone again"));
	for (const user of [ada, ben, eve]) assert.deepEqual(user.errors, []);
});

test("a direct message is in the list of its recipient at once, with a number, and after a reload", async (t) => {
	const chat = await openBrowserTest(t);
	const ben = await chat.join("Ben", "kitchen");
	const ada = await chat.join("Ada", "kitchen", { viewport: { width: 360, height: 740 } });
	await ada.seesPeople(2);
	await ada.openPeople();
	const message = ada.page.getByRole("dialog", { name: "People" }).getByRole("button", { name: "Message Ben" });
	await message.waitFor();
	assert.deepEqual(await axeViolations(ada.page), [], "the people, on a phone");
	await message.press("Enter");
	await ada.page.getByRole("heading", { name: "Ben", level: 1 }).waitFor();
	await ada.send("psst");
	await ada.send("are you there?");

	await inList(ben, "Ada 2 unread messages").waitFor();
	await ben.page.reload();
	const conversation = inList(ben, "Ada 2 unread messages");
	await conversation.waitFor();
	assert.deepEqual(await conversation.locator(".room__mentions").allInnerTexts(), ["2"]);
	await conversation.press("Enter");
	await ben.seesExactly(["psst", "are you there?"]);
	await ben.openPeople();
	await ben.page.getByText("2 members").waitFor();
	assert.equal(await ben.page.getByRole("button", { name: "Leave this room" }).count(), 0, "its people never change");
	await ben.send("yes");
	await ada.sees("yes");
	for (const user of [ada, ben]) assert.deepEqual(user.errors, []);
});
