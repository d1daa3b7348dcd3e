/** Who may come in: the claim link, invitations, and what a stranger sees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContextOptions } from "playwright-core";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { type BrowserTest, openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

const ADMIN_TOKEN = "an-admins-token-for-this-test";

/** Opens the claim link as a new user, who becomes the owner. */
async function claim(chat: BrowserTest, options?: BrowserContextOptions): Promise<TestUser> {
	const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
	const { url } = (await (await fetch(`${chat.server.url}/api/claim`, { headers })).json()) as { url: string };
	const ada = await chat.newUser("Ada", options);
	await ada.page.goto(url);
	await ada.page.getByRole("heading", { name: "Become the owner" }).waitFor();
	await ada.page.getByLabel("Your name").fill("Ada");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByRole("button", { name: "Settings" }).waitFor();
	assert.equal(new URL(ada.page.url()).hash, "", "the code is no longer in the address");
	return ada;
}

/** Creates an invitation in the settings. Returns its link. */
async function invite(owner: TestUser): Promise<string> {
	await owner.openSettings();
	await owner.page.getByRole("button", { name: "Invite people" }).click();
	await owner.page.getByRole("img", { name: "QR code of the invitation" }).waitFor();
	return owner.page.getByLabel("Invitation link").inputValue();
}

test("an owner claims the chat and invites; a stranger sees who may come in, and comes in with the link", async (t) => {
	const chat = await openBrowserTest(t, { ADMIN_TOKEN, ACCESS: "invited" });
	const ada = await claim(chat);
	const link = await invite(ada);
	await ada.page.getByText("0 of 20 used").waitFor();

	const ben = await chat.newUser("Ben");
	await ben.page.goto(`${chat.server.url}/r/kitchen`);
	await ben.page.getByRole("heading", { name: "By invitation only" }).waitFor();
	assert.equal(await ben.page.getByLabel("Your name").count(), 0);

	await ben.page.goto("about:blank");
	await ben.page.goto(link);
	await ben.page.getByRole("heading", { name: "You're invited" }).waitFor();
	await ben.page.getByLabel("Your name").fill("Ben");
	await ben.page.getByRole("button", { name: "Join" }).click();
	await ben.page.getByRole("button", { name: "Settings" }).waitFor();
	await ben.openSettings();
	assert.equal(await ben.page.getByRole("button", { name: "Invite people" }).count(), 0, "a guest invites nobody");

	await ada.page.keyboard.press("Escape");
	await ada.openSettings();
	await ada.page.getByText("1 of 20 used, by Ben").waitFor();
	await ada.page.getByRole("button", { name: "Revoke" }).click();
	await ada.page.getByText("1 of 20 used").waitFor({ state: "detached" });
	const cem = await chat.newUser("Cem");
	await cem.page.goto(link);
	await cem.page.getByLabel("Your name").fill("Cem");
	await cem.page.getByRole("button", { name: "Join" }).click();
	await cem.page.locator(".join__refusal", { hasText: "can't be used any more" }).waitFor();
});

test("closing the chat ends the page of a stranger at once", async (t) => {
	const chat = await openBrowserTest(t, { ADMIN_TOKEN });
	const ada = await claim(chat);
	const ben = await chat.join("Ben", "kitchen");
	await ada.openSettings();
	await ada.page.getByText("Members", { exact: true }).click();
	await ben.page.getByRole("heading", { name: "For members only" }).waitFor();
	assert.equal(await ben.page.getByText("kitchen").count(), 0);
	await ben.page.reload();
	await ben.page.getByRole("heading", { name: "For members only" }).waitFor();
});

test("A7 an owner on a phone makes a moderator, who removes a message, bans its author and closes the room", async (t) => {
	const chat = await openBrowserTest(t, { ADMIN_TOKEN });
	const ada = await claim(chat, { colorScheme: "dark" });
	await ada.page.setViewportSize({ width: 360, height: 740 });
	await ada.page.goto(`${chat.server.url}/r/kitchen`);
	await ada.composer.waitFor();
	const ben = await chat.join("Ben", "kitchen");
	const eve = await chat.join("Eve", "kitchen");
	await ada.seesPeople(3);
	await ada.openPeople();
	await ada.page.getByRole("button", { name: "More about Ben" }).click();
	await ada.page.getByRole("menuitem", { name: "Moderate" }).click();
	const aboutBen = ada.page.getByRole("dialog", { name: "Moderate Ben" });
	await aboutBen.getByText("Moderator", { exact: true }).click();
	await aboutBen.getByRole("radio", { name: "Moderator" }).and(ada.page.locator(":checked")).waitFor();
	assert.deepEqual(await axeViolations(ada.page), [], "a person, to an owner on a phone, dark");
	await ada.page.keyboard.press("Escape");
	await ada.page.keyboard.press("Escape");

	await ben.page.reload();
	await eve.send("something rude");
	await ben.sees("something rude");
	await ada.send("look at this");
	const reported = eve.timeline.locator("article", { hasText: "look at this" });
	await reported.hover();
	await eve.page.getByRole("toolbar").getByRole("button", { name: "More" }).click();
	await eve.page.getByRole("menuitem", { name: "Report" }).click();
	const report = eve.page.getByRole("dialog", { name: "Report a message" });
	await report.getByLabel("What is wrong with it?").fill("not for me");
	assert.deepEqual(await axeViolations(eve.page), [], "the report of a message");
	await eve.page.keyboard.press("Enter");
	await eve.page.getByText("Reported. A moderator will look at it.").first().waitFor();

	await ben.page.getByRole("button", { name: "More in this room" }).click();
	await ben.page.getByRole("menuitem", { name: "Close the room" }).click();
	for (const user of [ada, eve]) await user.page.getByText("This room is read-only.").waitFor();
	await eve.page.reload();
	await eve.page.getByText("This room is read-only.").waitFor();

	const rude = ben.timeline.locator("article", { hasText: "something rude" });
	await rude.focus();
	await ben.page.keyboard.press("Delete");
	await eve.page.getByText("something rude").waitFor({ state: "detached" });

	await ben.openSettings();
	await ben.page.getByRole("button", { name: "Manage the chat" }).press("Enter");
	const manage = ben.page.getByRole("dialog", { name: "Manage the chat" });
	await manage.getByText("Nobody is banned.").waitFor();
	const reports = manage.getByRole("region", { name: "Reports" });
	await reports.getByText("look at this").waitFor();
	await reports.getByText(/^In kitchen\. Reported by Eve, .*: not for me$/).waitFor();
	assert.deepEqual(await axeViolations(ben.page), [], "the chat, to a moderator");
	await reports.getByRole("button", { name: "Done" }).press("Enter");
	await reports.getByText("Nobody has reported a message.").waitFor();
	assert.equal(await manage.getByRole("region", { name: "Audit log" }).count(), 0, "for owners");
	const people = manage.getByRole("region", { name: "People" });
	await people.getByLabel("Find somebody").fill("ada");
	await people.getByRole("button", { name: "Moderate Ada" }).waitFor();
	assert.equal(await people.getByRole("listitem").count(), 1);
	assert.equal(await people.getByRole("button", { name: "Remove Ada from the chat" }).count(), 0, "for owners");
	await manage.getByRole("button", { name: "Reopen kitchen" }).press("Enter");
	await manage.getByText("No room is closed.").waitFor();
	for (const user of [ada, eve]) await user.composer.waitFor();
	for (const _ of [1, 2]) await ben.page.keyboard.press("Escape");

	await ben.openPeople();
	await ben.page.getByRole("button", { name: "More about Eve" }).press("Enter");
	await ben.page.keyboard.press("ArrowDown");
	await ben.page.keyboard.press("Enter");
	const aboutEve = ben.page.getByRole("dialog", { name: "Moderate Eve" });
	assert.equal(await aboutEve.getByText("Role").count(), 0, "only owners change roles");
	await aboutEve.getByLabel("Reason").fill("rude");
	await ben.page.keyboard.press("Enter");
	await aboutEve.getByText("Eve: banned from kitchen until").waitFor();
	await eve.page.getByText("An admin has banned you from this room for another 10 minutes.").first().waitFor();
	await ben.seesPeople(2);
	await aboutEve.getByRole("button", { name: "Lift the ban" }).click();
	await aboutEve.getByText("Eve: banned").waitFor({ state: "detached" });

	await ada.page.getByRole("button", { name: "Rooms" }).click();
	await ada.openSettings();
	await ada.page.getByRole("button", { name: "Manage the chat" }).click();
	await ada.page.getByText(/\d+ connections now, \d+ at most in the last day\./).waitFor();
	const log = ada.page.getByRole("region", { name: "Audit log" });
	await log.getByText(/^Ben \(.+\) banned Eve from kitchen until .*: rude$/).waitFor();
	await log.getByText(/^Ada \(.+\) made Ben a moderator$/).waitFor();
	assert.deepEqual(await axeViolations(ada.page), [], "the chat, to an owner on a phone, dark");
	for (const user of [ada, ben]) assert.deepEqual(user.errors, []);
});
