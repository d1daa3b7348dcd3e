import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowserTest } from "./browser-test.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

/** Returns a line for each violation that axe finds in either colour scheme: WCAG 2.2 AA and best practices. */
async function violations(page: Page): Promise<string[]> {
	// Once per load of the page, because it takes longer than the check itself.
	if (await page.evaluate(() => !("axe" in window))) await page.evaluate(`${AXE}; undefined`);
	const found: string[] = [];
	const backgrounds = new Set<string>();
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		const { background, lines } = await page.evaluate(async () => {
			const { axe } = window as unknown as { axe: typeof import("axe-core") };
			const { violations } = await axe.run({ resultTypes: ["violations"] });
			const lines = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
			return { lines, background: getComputedStyle(document.body).backgroundColor };
		});
		backgrounds.add(background);
		found.push(...lines.map((line) => `${colorScheme}: ${line}`));
	}
	assert.equal(backgrounds.size, 2, "the page follows the colour scheme");
	return found;
}

for (const [size, viewport] of Object.entries(SIZES)) {
	test(`axe finds nothing, light and dark: ${size}`, async (t) => {
		const chat = await openBrowserTest(t, { ADMIN_TOKEN: "an-admins-token-for-this-test" });
		const ada = await chat.newUser("Ada", { viewport });
		await ada.page.goto(chat.server.url);
		await ada.page.getByRole("heading", { name: "Join a room" }).waitFor();
		assert.deepEqual(await violations(ada.page), [], "the join page");
		await ada.page.keyboard.press("Enter");
		await ada.page.locator(".field__error").waitFor();
		assert.deepEqual(await violations(ada.page), [], "the join page with an error");

		await ada.join(chat.server.url, "kitchen");
		assert.deepEqual(await violations(ada.page), [], "an empty room");
		const bob = await chat.join("Bob", "kitchen", {
			permissions: ["geolocation"],
			geolocation: { latitude: 52.5, longitude: 13.4 },
		});
		await bob.send("Look: https://example.org/");
		await bob.page.getByRole("button", { name: "Add to the message" }).click();
		await bob.page.getByRole("menuitem", { name: "Share my location" }).waitFor();
		assert.deepEqual(await violations(bob.page), [], "the menu");
		await bob.page.getByRole("menuitem", { name: "Share my location" }).press("Enter");
		await bob.page.getByLabel("Precision").waitFor();
		assert.deepEqual(await violations(bob.page), [], "the preview of a location");
		await bob.page.getByRole("button", { name: "Send" }).click();
		await ada.timeline.getByRole("link", { name: "Location on the map" }).waitFor();
		await ada.send("I see");
		await ada.hasStored(1);
		await bob.composer.pressSequentially("so");
		await ada.page.getByText("Bob is typing").waitFor();
		assert.deepEqual(await violations(ada.page), [], "a conversation");

		await ada.openPeople();
		await ada.page.getByRole("button", { name: "Leave this room" }).waitFor();
		assert.deepEqual(await violations(ada.page), [], "the panel of people");
		await ada.page.keyboard.press("Escape");
		if (size === "phone") {
			await ada.page.getByRole("button", { name: "Rooms" }).click();
			await ada.page.getByRole("dialog", { name: "Rooms" }).waitFor();
			assert.deepEqual(await violations(ada.page), [], "the rooms' drawer");
		}
		await ada.openSettings();
		assert.deepEqual(await violations(ada.page), [], "the settings");
		await ada.page.keyboard.press("Escape");
		await ada.page.getByRole("dialog").waitFor({ state: "detached" });
		if (size === "phone") await ada.page.getByRole("button", { name: "Rooms" }).click();
		await ada.page.getByRole("button", { name: "Add a room" }).click();
		await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
		await ada.page.getByText("No other rooms yet").waitFor();
		assert.deepEqual(await violations(ada.page), [], "the room picker");
		await ada.page.keyboard.press("Escape");

		await chat.server.kill();
		await ada.send("into the dark");
		await ada.page.getByText("You're offline.").waitFor();
		await ada.timeline.locator("[data-state=queued]").waitFor();
		assert.deepEqual(await violations(ada.page), [], "offline");
	});
}

test("the page can be used by keyboard alone", async (t) => {
	const chat = await openBrowserTest(t);
	const bob = await chat.join("Bob", "kitchen");
	const ada = await chat.newUser("Ada");
	const { keyboard } = ada.page;
	const focused = () => ada.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
	async function tabTo(label: string | RegExp, key = "Tab"): Promise<void> {
		for (let i = 0; i < 40; i++) {
			const reached = await focused();
			if (typeof label === "string" ? reached === label : label.test(reached ?? "")) return;
			await keyboard.press(key);
		}
		assert.fail(`${key} does not reach "${label}"`);
	}

	await ada.page.goto(chat.server.url);
	await ada.page.getByRole("heading", { name: "Join a room" }).waitFor();
	await keyboard.type("Ada");
	await keyboard.press("Tab");
	await keyboard.type("kitchen");
	await keyboard.press("Enter");
	await ada.seesPeople(2);
	assert.equal(await focused(), "Message #kitchen", "the composer has the focus after joining");
	await keyboard.type("first line");
	await keyboard.press("Shift+Enter");
	await keyboard.type("second line");
	await keyboard.press("Enter");
	await bob.seesExactly(["first line\nsecond line"]);

	await tabTo("Add a room", "Shift+Tab");
	await keyboard.press("Enter");
	await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
	for (let i = 0; i < 12; i++) {
		await keyboard.press("Tab");
		const outside = await ada.page.evaluate(() => document.activeElement?.closest("dialog") === null);
		const onPage = await ada.page.evaluate(() => document.activeElement !== document.body);
		assert.ok(!(outside && onPage), "the focus stays in the dialog");
	}
	await keyboard.press("Escape");
	await ada.page.getByRole("dialog").waitFor({ state: "detached" });
	assert.equal(await focused(), "Add a room", "the focus is restored");

	const skipLink = ada.page.getByRole("link", { name: "Skip to message box" }).and(ada.page.locator(":focus"));
	for (let i = 0; i < 40 && (await skipLink.count()) === 0; i++) await keyboard.press("Shift+Tab");
	assert.ok(await skipLink.isVisible(), "the skip link is before the rooms and visible");
	await keyboard.press("Enter");
	assert.equal(await focused(), "Message #kitchen");

	await tabTo(/^You: first line\nsecond line, \d\d:\d\d$/, "Shift+Tab");
	await tabTo("Settings", "Shift+Tab");
	await keyboard.press("Enter");
	await ada.page.getByRole("dialog", { name: "Settings" }).waitFor();
	const signOut = ada.page.getByRole("button", { name: "Sign out" }).and(ada.page.locator(":focus"));
	for (let i = 0; i < 10 && (await signOut.count()) === 0; i++) await keyboard.press("Tab");
	await keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "Join #kitchen" }).waitFor();
});

test("a chosen theme is applied from the first frame and kept over a reload", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { colorScheme: "light" });
	await ada.openSettings();
	const background = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await background();
	// By keyboard: parts of the settings that load meanwhile move what a click aims at.
	await ada.page.getByRole("radio", { name: "Dark", exact: true }).press("Space");
	await ada.page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, light);
	// The first frame is drawn before the main script runs, so without that script the page stays like the first frame.
	await ada.page.route(/assets\/main.*\.js$/, (route) => route.abort());
	const dark = await background();
	await ada.page.reload();
	assert.equal(await background(), dark);
});

for (const width of [320, 768, 2560]) {
	test(`at ${width} px nothing is clipped and nothing scrolls sideways`, async (t) => {
		const chat = await openBrowserTest(t);
		const viewport = { width, height: 700 };
		const long = "Maximiliana-Bernadette von Hohen";
		const ada = await chat.join(long, "a-room-with-one-very-long-name-that-has-no-breaks-whatsoever", { viewport });
		await ada.send(`${"w".repeat(300)} and a text with spaces that goes on for a while, so that it wraps`);
		await ada.hasStored(1);
		const [page, seen] = await ada.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
		assert.ok(page! <= seen!, `${page} is not wider than ${seen}`);
		for (const control of await ada.page.getByRole("button").all()) {
			const box = await control.boundingBox();
			assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width, await control.innerHTML());
			assert.ok(box.width >= 24 && box.height >= 24, "a target of at least 24 px");
		}
	});
}
