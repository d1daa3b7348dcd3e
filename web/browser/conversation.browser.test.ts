import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

test("two users join, see each other and exchange messages", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.sees("No messages yet");
	await ada.timeline.getByText("Welcome to kitchen, Ada.").waitFor();

	const bob = await chat.join("Bob", "Kitchen");
	await ada.timeline.getByText("Bob joined").waitFor();
	assert.equal(await bob.timeline.getByText("Bob joined").count(), 0, "no item for the user's own join");
	for (const user of [ada, bob]) {
		await user.seesPeople(2);
		await user.openPeople();
		const people = user.page.getByRole("complementary", { name: "People" }).getByRole("listitem");
		assert.deepEqual((await people.allInnerTexts()).map((text) => text.split("\n")[1]).sort(), ["Ada", "Bob"]);
	}

	await ada.send("Hello Bob");
	assert.equal(await ada.composer.inputValue(), "", "sending empties the field");
	assert.ok(await ada.composer.evaluate((field) => field === document.activeElement), "the field keeps the focus");
	await bob.sees("Hello Bob");
	await bob.send("Hello Ada\nhow are you?");
	await ada.seesExactly(["Hello Bob", "Hello Ada\nhow are you?"]);
	await bob.hasStored(1);
	await ada.hasStored(1);

	await bob.close();
	await ada.seesPeople(1);
	await ada.timeline.getByText("Bob left").waitFor();
	assert.deepEqual([...ada.errors, ...bob.errors], []);
});

test("joins without a message between them are one line, and a reload is none", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.timeline.getByText("Bob joined").waitFor();
	await chat.join("Eve", "kitchen");
	await ada.timeline.getByText("Bob and Eve joined").waitFor();
	await bob.page.reload();
	await chat.join("Grace", "kitchen");
	await ada.timeline.getByText("Bob and 2 others joined").waitFor();
	assert.equal(await ada.timeline.getByText(/joined|left/).count(), 1);
});

test("errors on the join page are shown beside their fields", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada");
	await ada.page.goto(`${chat.server.url}/r/kitchen`);
	const name = ada.page.getByLabel("Your name");
	assert.equal(await ada.page.getByLabel("Room").inputValue(), "kitchen", "a room's link fills the room in");

	await name.press("Enter");
	const error = ada.page.getByText("Enter a name.");
	await error.first().waitFor();
	assert.equal(await name.getAttribute("aria-invalid"), "true");
	const describedBy = await name.getAttribute("aria-describedby");
	assert.equal(await ada.page.locator(`[id="${describedBy}"]`).textContent(), "Enter a name.");

	await name.fill("\u202eevil");
	await name.press("Enter");
	await ada.page.locator(".field__error", { hasText: "invisible characters" }).waitFor();
	await name.fill("Ada");
	await name.press("Enter");
	await ada.composer.waitFor();
});

test("a name that is taken in the room is refused, and another one is accepted; styled letters are said to be shown as plain ones", async (t) => {
	const chat = await openBrowserTest(t);
	await chat.join("Ada", "kitchen");
	const other = await chat.newUser("ADA");
	await other.page.goto(chat.server.url);
	await other.page.getByLabel("Your name").fill("ADA");
	await other.page.getByLabel("Room").fill("kitchen");
	await other.page.keyboard.press("Enter");

	await other.page.locator(".field__error").waitFor();
	const name = other.page.getByLabel("Your name");
	assert.equal(await name.getAttribute("aria-invalid"), "true");
	assert.equal(await name.inputValue(), "ADA", "the field keeps its value");
	await name.fill("𝓐𝓭𝓪 the other");
	await name.press("Enter");
	await other.seesPeople(2);
	await other.page.getByText("Others see your name as Ada the other.").waitFor();
});

test("the typing indicator appears without moving anything", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.send("so?");
	await bob.sees("so?");
	const where = () => bob.timeline.getByText("so?", { exact: true }).boundingBox();
	await ada.timeline.getByText("Bob joined").waitFor();
	const before = await where();
	await ada.composer.pressSequentially("wait");
	await bob.page.getByText("Ada is typing").waitFor();
	assert.deepEqual(await where(), before);
	await ada.composer.press("Enter");
	await bob.page.getByText("Ada is typing").waitFor({ state: "detached" });
});

test("several rooms: unread counts, switching, drafts, leaving", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.composer.fill("half a thought");
	await ada.page.getByRole("button", { name: "Add a room" }).click();
	await ada.page.getByLabel("Room name").fill("Garden");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	assert.equal(new URL(ada.page.url()).pathname, "/r/garden");

	await bob.send("one");
	await bob.send("two");
	const kitchen = ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: /^kitchen/ });
	await ada.page.getByRole("button", { name: "kitchen 2 unread messages" }).waitFor();
	await ada.page.waitForFunction(() => document.title === "(2) garden · Hubbub");
	await kitchen.click();
	await ada.seesExactly(["one", "two"]);
	assert.equal(await ada.composer.inputValue(), "half a thought", "the draft is kept in its room");
	await ada.page.waitForFunction(() => document.title === "kitchen · Hubbub");

	await ada.page.goBack();
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	await ada.openPeople();
	await ada.page.getByRole("button", { name: "Leave this room" }).click();
	await ada.page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();
	await ada.page.getByRole("button", { name: "Leave this room" }).click();
	await ada.page.getByRole("heading", { name: "Find a room", level: 1 }).waitFor();
	await bob.seesPeople(1);
	await ada.page.reload();
	await ada.page.getByRole("button", { name: /^kitchen\s*1 person here/ }).click();
	await ada.seesExactly(["one", "two"]);
});

test("a room's link opens it for a signed-in user, in addition to the others", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.goto(`${chat.server.url}/r/Garden`);
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	assert.equal(new URL(ada.page.url()).pathname, "/r/garden", "the normalized name");
	const rooms = ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("listitem");
	assert.deepEqual(await rooms.allTextContents(), ["kitchen", "garden"]);

	await chat.join("Bob", "hall");
	const bob = await chat.join("Ada", "hall");
	await bob.page.goto(`${chat.server.url}/r/garden`);
	await bob.page.getByRole("alert").waitFor();
	await bob.page.getByRole("heading", { name: "hall", level: 1 }).waitFor();
	await bob.page.getByRole("button", { name: "Dismiss" }).click();
	await bob.page.getByRole("alert").waitFor({ state: "detached" });
});

test("the room's link is copied, and signing out ends the session", async (t) => {
	const chat = await openBrowserTest(t);
	const permissions = ["clipboard-read", "clipboard-write"];
	const ada = await chat.join("Ada", "living room", { permissions });
	await ada.page.getByRole("button", { name: "More in this room" }).click();
	await ada.page.getByRole("menuitem", { name: "Copy room link" }).click();
	await ada.page.getByText("Link copied.").first().waitFor();
	assert.equal(await ada.page.evaluate(() => navigator.clipboard.readText()), `${chat.server.url}/r/living%20room`);

	await ada.signOut();
	await ada.page.getByRole("heading", { name: "Join #living room" }).waitFor();
	assert.equal(await ada.page.getByLabel("Your name").inputValue(), "Ada", "the name is filled in");
	assert.equal(await ada.page.getByLabel("Room").inputValue(), "living room", "and the room");
	await ada.page.reload();
	await ada.page.getByRole("heading", { name: "Join #living room" }).waitFor();
});

test("a draft survives a reload, and is not shown to the next user of the device", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "lobby");
	await ada.composer.fill("half a sentence");
	await ada.page.reload();
	await ada.composer.waitFor();
	assert.equal(await ada.composer.inputValue(), "half a sentence");

	await ada.signOut();
	await ada.page.getByLabel("Your name").fill("Grace");
	await ada.page.keyboard.press("Enter");
	await ada.composer.waitFor();
	assert.equal(await ada.composer.inputValue(), "");
});

test("pasted control characters are removed, and the message is sent", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "lobby");
	await ada.composer.focus();
	await ada.page.evaluate(() => document.execCommand("insertText", false, "one\u001b two\ud800 three"));
	await ada.composer.press("Enter");
	await ada.hasStored(1);
	await ada.seesExactly(["one two three"]);
});

test("the Enter that ends a composition in Safari, with the key code 229, does not send", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "lobby");
	await ada.composer.fill("にほん");
	await ada.composer.dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: false, bubbles: true });
	assert.equal(await ada.composer.inputValue(), "にほん");
	await ada.composer.press("Enter");
	await ada.hasStored(1);
});

test("a long name is shortened, and the settings with Sign out stay in reach", async (t) => {
	const chat = await openBrowserTest(t);
	for (const width of [390, 1_280]) {
		const name = `Maximiliane Oberhuber-Lindenthal`.slice(0, 31) + (width === 390 ? "1" : "2");
		const user = await chat.join(name, "lobby", { viewport: { width, height: 800 } });
		if (width === 390) await user.page.getByRole("button", { name: /Rooms/ }).first().click();
		for (const [part, name] of [
			[".account", "Settings"],
			[".settings", "Sign out"],
		] as const) {
			const control = user.page.getByRole("button", { name });
			await control.click({ trial: true });
			const panel = (await user.page.locator(part).boundingBox())!;
			const button = (await control.boundingBox())!;
			assert.ok(button.x + button.width <= panel.x + panel.width, `${width}: ${JSON.stringify({ panel, button })}`);
			if (name === "Settings") await control.click();
		}
	}
});

test("a reload keeps the session, rooms and messages, and other users do not notice", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.send("before the reload");
	await ada.hasStored(1);
	await ada.page.reload();
	await ada.seesExactly(["before the reload"]);
	await ada.send("after the reload");
	await bob.seesExactly(["before the reload", "after the reload"]);
	assert.equal(await bob.timeline.getByText("Ada left").count(), 0);
});

test("an announcement is shown to all users and can be dismissed", async (t) => {
	const chat = await openBrowserTest(t, { ADMIN_TOKEN: "an-admins-token-for-this-test" });
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "garden");
	const response = await fetch(`${chat.server.url}/api/notice`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: "Bearer an-admins-token-for-this-test" },
		body: JSON.stringify({ text: "Back at noon" }),
	});
	assert.equal(response.status, 204);
	for (const user of [ada, bob]) await user.page.getByText("Back at noon").waitFor();
	await ada.page.getByRole("button", { name: "Dismiss" }).click();
	await ada.page.getByText("Back at noon").waitFor({ state: "detached" });
});
