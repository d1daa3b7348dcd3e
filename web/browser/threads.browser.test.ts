import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

test("C6 C7 two users reply, mention each other and talk in a thread", async (t) => {
	const chat = await openBrowserTest(t);
	const grace = await chat.join("Grace", "studio");
	const ada = await chat.join("Ada Lovelace", "studio");
	await grace.send("Shall we meet at noon?");
	await ada.sees("Shall we meet at noon?");

	// The newest message is the tab stop of the timeline, and R replies to it.
	await ada.timeline.getByRole("article").last().focus();
	await ada.page.keyboard.press("r");
	await ada.page.getByText("Replying to Grace: Shall we meet at noon?").waitFor();
	assert.ok(await ada.composer.evaluate((field) => field === document.activeElement));
	await ada.composer.pressSequentially("Yes, @gr");
	await ada.page.getByRole("option", { name: "Grace" }).waitFor();
	await ada.page.keyboard.press("Enter");
	await ada.composer.pressSequentially("!");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByText("Replying to").waitFor({ state: "detached" });

	const reply = grace.timeline.getByRole("article").last();
	await reply.getByText("Yes, @Grace !").waitFor();
	assert.equal(await reply.locator(".mention--own").innerText(), "@Grace");
	assert.equal(await reply.locator(".message--mentions-me").count(), 1);
	await reply.getByRole("button", { name: /In reply to/ }).waitFor();

	await grace.timeline.getByRole("button", { name: "1 reply" }).click();
	const thread = grace.page.getByRole("complementary", { name: "Thread" });
	await thread.getByText("Yes, @Grace !").waitFor();
	await thread.getByRole("textbox", { name: "Reply in the thread" }).fill("See you there");
	await grace.page.keyboard.press("Enter");
	await thread.getByText("See you there").waitFor();
	await ada.sees("See you there");
	await ada.timeline.getByRole("button", { name: "2 replies" }).waitFor();

	// The messages of the panel have a toolbar and keys, as those of the timeline.
	const last = thread.getByRole("article").last();
	await last.focus();
	await last.getByRole("toolbar").getByRole("button", { name: "Thumbs up" }).click();
	await ada.timeline.getByRole("article").last().locator(".pill").waitFor();
	await last.focus();
	await grace.page.keyboard.press("+");
	await grace.page.getByRole("dialog").waitFor();
	await grace.page.keyboard.press("Escape");
	await grace.page.getByRole("dialog").waitFor({ state: "detached" });
	await thread.getByRole("textbox").press("Escape");
	await thread.waitFor({ state: "detached" });

	// People are completed in an edit too.
	await ada.composer.press("ArrowUp");
	await ada.page.getByRole("textbox", { name: "Edit message" }).pressSequentially(" and @Gr");
	await ada.page.getByRole("option", { name: "Grace" }).waitFor();
	await ada.page.keyboard.press("Enter");
	await ada.page.keyboard.press("Enter");
	await grace.timeline.getByText("and @Grace").waitFor();

	if (process.env.SCREENSHOTS) await grace.page.screenshot({ path: `${process.env.SCREENSHOTS}/threads.png` });
	assert.deepEqual([...grace.errors, ...ada.errors], []);
});

test("C8 the link of a message opens the room at that message", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "studio");
	for (let number = 1; number <= 3; number++) await ada.send(`number ${number}`);
	await ada.hasStored(3);
	await ada.page.goto(`${chat.server.url}/r/studio/2`);
	await ada.timeline.locator(".message--highlighted", { hasText: "number 2" }).waitFor();
	await ada.page.waitForURL(`${chat.server.url}/r/studio`);
	await ada.page.goto(`${chat.server.url}/r/studio/99`);
	await ada.page.getByRole("alert").filter({ hasText: "no such message" }).waitFor();
});

test("a mention in another room is a number in the list of rooms", async (t) => {
	const chat = await openBrowserTest(t);
	const grace = await chat.join("Grace", "studio");
	const ada = await chat.join("Ada", "studio");
	await grace.page.getByRole("button", { name: "Add a room" }).click();
	await grace.page.getByRole("dialog").getByRole("textbox").fill("kitchen");
	await grace.page.keyboard.press("Enter");
	await grace.page.getByRole("heading", { name: "kitchen", exact: true }).waitFor();
	await ada.composer.pressSequentially("Look, @Gr");
	await ada.page.getByRole("option", { name: "Grace" }).click();
	await ada.page.keyboard.press("Enter");
	await grace.page.getByRole("button", { name: /studio.*1 mention/ }).click();
	await grace.sees("Look, @Grace");
});
