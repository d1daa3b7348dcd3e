import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowserTest } from "./browser-test.ts";
import { openSender } from "./sender.ts";

type Read = { live: string; text: string };

/** Records every text that is added to a live region, as a screen reader receives it. */
async function recordLiveRegions(page: Page): Promise<() => Promise<Read[]>> {
	await page.addInitScript(() => {
		const read: Read[] = [];
		Object.assign(window, { read });
		const IMPLICIT: Record<string, string> = { alert: "assertive", status: "polite", log: "polite" };
		new MutationObserver((changes) => {
			for (const { target, addedNodes } of changes) {
				for (const node of addedNodes) {
					let live: string | undefined;
					// The nearest region decides. One that is added together with its text is not read, except an alert.
					const start = node instanceof Element && node.getAttribute("role") === "alert" ? node : target;
					for (let at: Node | null = start; at !== null && live === undefined; at = at.parentNode) {
						if (!(at instanceof Element)) continue;
						live = at.getAttribute("aria-live") ?? IMPLICIT[at.getAttribute("role") ?? ""];
					}
					if (live !== undefined && live !== "off" && node.textContent) read.push({ live, text: node.textContent });
				}
			}
		}).observe(document, { childList: true, subtree: true });
	});
	return () => page.evaluate(() => (window as unknown as { read: Read[] }).read);
}

test("screen readers read a new message once, and neither history nor own messages", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "hall");
	await sender.send(1, 120);
	const ada = await chat.newUser("Ada");
	const read = await recordLiveRegions(ada.page);
	await ada.join(chat.server.url, "hall");
	await ada.sees("message 120");
	await ada.timeline.hover();
	await ada.page.mouse.wheel(0, -10_000);
	await ada.timeline.getByText("message 50", { exact: true }).waitFor({ state: "attached" });
	await ada.send("my own");
	await ada.hasStored(1);
	assert.deepEqual(await read(), []);

	await sender.send(121, 121);
	await ada.sees("message 121");
	await ada.page.getByText("Sender: message 121").waitFor({ state: "attached" });
	assert.deepEqual(await read(), [{ live: "polite", text: "Sender: message 121" }]);

	// The burst is sent in one go, so that it arrives within two seconds also on a busy machine.
	await sender.send(122, 131, true);
	await ada.page.getByText(/^\d+ new messages$/).waitFor({ state: "attached" });
	const texts = (await read()).slice(1).map(({ text }) => text);
	const sentences = texts.filter((text) => text.startsWith("Sender: "));
	const counted = texts.map((text) => Number(/^(\d+) new messages$/.exec(text)?.[1] ?? 0));
	assert.equal(new Set(sentences).size, sentences.length);
	const total = sentences.length + counted.reduce((sum, count) => sum + count, 0);
	assert.equal(total, 10, `each message is read or counted once: ${texts}`);

	const tree = await ada.page.locator("#app").ariaSnapshot();
	assert.match(tree, /paragraph: "?Sender: message 121/);
});

test("a failure is read assertively, once", async (t) => {
	const chat = await openBrowserTest(t, { LIMIT_BODY_CHARS: "10" });
	const ada = await chat.newUser("Ada");
	const read = await recordLiveRegions(ada.page);
	await ada.join(chat.server.url, "kitchen");
	await ada.send("far too long for this server");
	await ada.timeline.locator("[data-state=failed]").waitFor();
	const sentence = 'Your message "far too long for this server" was not sent. A message is at most 10 characters long.';
	await ada.page.getByText(sentence).waitFor({ state: "attached" });
	const failures = async () => (await read()).filter(({ text }) => text.includes("far too long"));
	assert.deepEqual(await failures(), [{ live: "assertive", text: sentence }]);

	// Entering the room again draws the failed message again.
	await ada.page.getByRole("button", { name: "Add a room" }).click();
	await ada.page.getByLabel("Room name").fill("garden");
	await ada.page.keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
	await ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: "kitchen" }).click();
	await ada.timeline.getByText("Not sent.").waitFor();
	assert.equal((await failures()).length, 1, "it is not read again");

	await ada.timeline.getByRole("button", { name: "Retry" }).click();
	await ada.page.waitForFunction(
		(text) =>
			[...document.querySelectorAll("[aria-live=assertive] p")].filter((p) => p.textContent === text).length > 1,
		sentence,
	);
	assert.equal((await failures()).length, 2, "a second failure is read");
});
