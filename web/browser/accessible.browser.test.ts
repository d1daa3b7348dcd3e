import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { setStage } from "./stage.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

/** Everything that axe finds wrong, WCAG 2.2 AA and good practice, as lines. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(AXE);
	return await page.evaluate(async () => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run();
		return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
	});
}

for (const colorScheme of ["light", "dark"] as const) {
	for (const [size, viewport] of Object.entries(SIZES)) {
		test(`axe finds nothing: ${colorScheme}, ${size}`, async (t) => {
			const stage = await setStage(t, { ADMIN_TOKEN: "an-admins-token-for-this-test" });
			const ada = await stage.arrive("Ada", { colorScheme, viewport });
			await ada.page.goto(stage.server.url);
			await ada.page.getByRole("heading", { name: "Come on in" }).waitFor();
			assert.deepEqual(await violations(ada.page), [], "the join page");
			await ada.page.keyboard.press("Enter");
			await ada.page.locator(".field__error").waitFor();
			assert.deepEqual(await violations(ada.page), [], "the join page with an error");

			await ada.enter(stage.server.url, "kitchen");
			assert.deepEqual(await violations(ada.page), [], "an empty room");
			const bob = await stage.enter("Bob", "kitchen", {
				permissions: ["geolocation"],
				geolocation: { latitude: 52.5, longitude: 13.4 },
			});
			await bob.say("Look: https://example.org/");
			await bob.page.getByRole("button", { name: "Share my location" }).click();
			await ada.timeline.getByRole("link", { name: "Location on the map" }).waitFor();
			await ada.say("I see");
			await ada.hasStored(1);
			await bob.composer.pressSequentially("so");
			await ada.page.getByText("Bob is typing").waitFor();
			assert.deepEqual(await violations(ada.page), [], "a conversation");

			if (size === "phone") {
				await ada.page.getByRole("button", { name: "People" }).click();
				await ada.page.getByRole("dialog", { name: "People" }).waitFor();
				assert.deepEqual(await violations(ada.page), [], "the people's drawer");
				await ada.page.keyboard.press("Escape");
				await ada.page.getByRole("button", { name: "Rooms" }).click();
				await ada.page.getByRole("dialog", { name: "Rooms" }).waitFor();
				assert.deepEqual(await violations(ada.page), [], "the rooms' drawer");
			}
			await ada.page.getByRole("button", { name: "Add a room" }).click();
			await ada.page.getByRole("dialog", { name: "Add a room" }).waitFor();
			await ada.page.getByText("No other rooms yet").waitFor();
			assert.deepEqual(await violations(ada.page), [], "the room picker");
			await ada.page.keyboard.press("Escape");

			await stage.server.kill();
			await ada.say("into the dark");
			await ada.page.getByText("You're offline.").waitFor();
			await ada.timeline.locator("[data-state=queued]").waitFor();
			assert.deepEqual(await violations(ada.page), [], "without a line");
		});
	}
}

test("everything can be done by keyboard alone", async (t) => {
	const stage = await setStage(t);
	const bob = await stage.enter("Bob", "kitchen");
	const ada = await stage.arrive("Ada");
	const { keyboard } = ada.page;
	const focused = () => ada.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
	async function tabTo(label: string, key = "Tab"): Promise<void> {
		for (let i = 0; i < 40; i++) {
			if ((await focused()) === label) return;
			await keyboard.press(key);
		}
		assert.fail(`${key} never came to "${label}"`);
	}

	await ada.page.goto(stage.server.url);
	await ada.page.getByRole("heading", { name: "Come on in" }).waitFor();
	await keyboard.type("Ada");
	await keyboard.press("Tab");
	await keyboard.type("kitchen");
	await keyboard.press("Enter");
	await ada.page.getByText("2 people here").waitFor();
	assert.equal(await focused(), "Message", "one comes in and can write");
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
	assert.equal(await focused(), "Add a room", "and is given back");

	const skipping = ada.page.getByRole("link", { name: "Skip to message box" }).and(ada.page.locator(":focus"));
	for (let i = 0; i < 40 && (await skipping.count()) === 0; i++) await keyboard.press("Shift+Tab");
	assert.ok(await skipping.isVisible(), "a way past the rooms comes before them, and is seen");
	await keyboard.press("Enter");
	assert.equal(await focused(), "Message");

	await tabTo("Messages", "Shift+Tab");
	await tabTo("Sign out", "Shift+Tab");
	await keyboard.press("Enter");
	await ada.page.getByRole("heading", { name: "Come on in" }).waitFor();
});

test("a chosen theme is there from the first frame on, and again next time", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.arrive("Ada", { colorScheme: "light" });
	await ada.page.goto(stage.server.url);
	const ground = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await ground();
	await ada.page.getByText("Dark", { exact: true }).click({ force: true });
	assert.notEqual(await ground(), light);
	// The first frame is drawn before the page's own script has run: without it, what is there is what that frame shows.
	await ada.page.route(/assets\/main.*\.js$/, (route) => route.abort());
	const dark = await ground();
	await ada.page.reload();
	assert.equal(await ground(), dark);
});

for (const width of [320, 768, 2560]) {
	test(`at ${width} px nothing is cut off and nothing scrolls sideways`, async (t) => {
		const stage = await setStage(t);
		const viewport = { width, height: 700 };
		const long = "Maximiliana-Bernadette von Hohen";
		const ada = await stage.enter(long, "a-room-with-one-very-long-name-that-has-no-breaks-whatsoever", { viewport });
		await ada.say(`${"w".repeat(300)} and a text with spaces that goes on for a while, so that it wraps`);
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
