/** Who may come in: the claim link, invitations, and what a stranger sees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type BrowserTest, openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

const ADMIN_TOKEN = "an-admins-token-for-this-test";

/** Opens the claim link as a new user, who becomes the owner. */
async function claim(chat: BrowserTest): Promise<TestUser> {
	const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
	const { url } = (await (await fetch(`${chat.server.url}/api/claim`, { headers })).json()) as { url: string };
	const ada = await chat.newUser("Ada");
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
