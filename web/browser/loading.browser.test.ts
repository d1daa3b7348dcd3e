/** What the page loads when: the first load, idle time, and the parts that are loaded on use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

test("a room is drawn with the first load alone; the rest follows, compressed and cached", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { viewport: { width: 900, height: 700 } });
	await ada.send("before");
	await ada.hasStored(1);
	// Keeps the page from loading anything in idle time.
	await ada.page.addInitScript(() => {
		window.requestIdleCallback = () => 0;
	});
	const scripts: string[] = [];
	ada.page.on("request", (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.endsWith(".js")) scripts.push(pathname.replace(/-[A-Z0-9]{8}\.js$/, ".js"));
	});
	await ada.page.reload();
	await ada.sees("before");
	await ada.send("hello");
	await ada.hasStored(2);
	// The database of pending messages is loaded while the page connects.
	const first = ["/assets/chunk.js", "/assets/main.js", "/assets/pending-database.js", "/assets/theme.js"];
	// The helpers of esbuild are a second chunk.
	assert.deepEqual([...new Set(scripts)].sort(), first);
	assert.ok(scripts.length <= first.length + 1, scripts.join());

	const [response] = await Promise.all([
		ada.page.waitForResponse(/RoomPickerDialog-[A-Z0-9]{8}\.js$/),
		ada.page.getByRole("button", { name: "Add a room" }).click(),
	]);
	const { "content-encoding": encoding, "cache-control": cache } = await response.allHeaders();
	assert.deepEqual([encoding, cache], ["br", "public, max-age=31536000, immutable"]);
	await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
	assert.deepEqual(ada.errors, [], "the content security policy allows it");
});

test("a key on a message that is pressed before idle time takes effect as soon as its part is loaded", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada");
	await ada.page.addInitScript(() => {
		window.requestIdleCallback = () => 0;
	});
	await ada.join(chat.server.url, "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	await ada.timeline.getByRole("article").last().focus();
	await ada.page.keyboard.press("r");
	await ada.page.getByText(/^Replying to .*: hello$/).waitFor();
});

test("a part that cannot be loaded is replaced by a sentence, and loads when it is asked for again", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.route(/RoomPickerDialog/, (route) => route.abort());
	const add = ada.page.getByRole("button", { name: "Add a room" });
	await add.click();
	const failure = ada.page.getByRole("dialog").getByText("This part of the page couldn't be loaded.");
	await failure.waitFor();
	await ada.page.keyboard.press("Escape");
	await failure.waitFor({ state: "detached" });
	await add.click();
	await failure.waitFor();

	await ada.page.unroute(/RoomPickerDialog/);
	await ada.page.getByRole("button", { name: "Try again" }).click();
	await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
	await ada.page.getByLabel("Room name").fill("garden");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
});
