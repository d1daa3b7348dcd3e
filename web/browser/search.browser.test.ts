/** Search: the palette, and the panel with the hits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

async function addRoom(user: TestUser, room: string): Promise<void> {
	await user.page.getByRole("button", { name: "Add a room" }).click();
	await user.page.getByRole("dialog").getByRole("textbox").fill(room);
	await user.page.keyboard.press("Enter");
	await user.page.getByRole("heading", { name: room, exact: true }).waitFor();
}

/** Checks the page in both colour schemes, and keeps a screenshot of each where they are wanted. */
async function look({ page }: TestUser, name: string): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		const folder = process.env.SCREENSHOTS;
		if (folder) await page.screenshot({ path: `${folder}/search-${name}-${colorScheme}.png` });
		assert.deepEqual(await axeViolations(page), [], `${name}, ${colorScheme}`);
	}
}

test("the palette goes to rooms and messages, and the panel stays while one jumps from hit to hit", async (t) => {
	const chat = await openBrowserTest(t);
	const grace = await chat.join("Grace", "studio");
	for (const text of ["The café opens at noon", "我家在上海东边", "Lunch at the CAFE?"]) await grace.send(text);
	await grace.hasStored(3);
	const ada = await chat.join("Ada", "studio");
	await addRoom(ada, "kitchen");
	await ada.send("Our own café is closed");
	await ada.hasStored(1);
	const { page } = ada;

	// The palette: a room.
	const palette = page.getByRole("dialog", { name: "Search and go to" });
	const field = page.getByRole("combobox", { name: "Search" });
	await page.keyboard.press("Control+k");
	await field.waitFor();
	await field.fill("stu");
	await palette.getByRole("option", { name: "studio", exact: true }).waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "studio", level: 1 }).waitFor();
	await palette.waitFor({ state: "detached" });

	// A message of another room.
	await page.keyboard.press("Control+k");
	await field.fill("own cafe");
	const hit = palette.getByRole("option", { name: /You in #kitchen/ });
	await hit.locator("mark", { hasText: "café" }).waitFor();
	await look(ada, "palette");
	await page.keyboard.press("ArrowDown");
	assert.equal(await hit.getAttribute("aria-selected"), "true");
	await page.keyboard.press("Enter");
	await page.locator(".message--highlighted", { hasText: "Our own café" }).waitFor();

	// All messages, in the panel, which the header opens too.
	const panel = page.getByRole("complementary", { name: "Search" });
	await page.getByRole("button", { name: "Search messages" }).click();
	await panel.getByText("You can narrow it down").waitFor();
	await page.keyboard.press("Control+k");
	await field.fill("cafe");
	await palette.getByRole("option", { name: "All messages with “cafe”" }).click();
	const hits = panel.getByRole("button", { name: / in #/ });
	await hits.nth(2).waitFor();
	await hits.filter({ hasText: "The café opens" }).click();
	await page.locator(".message--highlighted", { hasText: "The café opens" }).waitFor();
	await page.getByRole("heading", { name: "studio", level: 1 }).waitFor();
	assert.equal(await hits.filter({ hasText: "The café opens" }).getAttribute("aria-current"), "true");
	await look(ada, "results");
	await hits.filter({ hasText: "Our own café" }).click();
	await page.getByRole("heading", { name: "kitchen", level: 1 }).waitFor();

	// Another search, without hits, without a connection, and closed by Escape.
	const search = panel.getByRole("searchbox");
	await search.fill("上海");
	await search.press("Enter");
	await hits.filter({ hasText: "我家在上海东边" }).waitFor();
	await search.fill("nowhere to be found");
	await search.press("Enter");
	await panel.getByText("No messages found for").waitFor();
	await ada.context.setOffline(true);
	await page.getByText("You're offline").first().waitFor();
	await search.fill("cafe");
	await search.press("Enter");
	await panel.getByText("Search works again when you reconnect").waitFor();
	await ada.context.setOffline(false);
	await page.keyboard.press("Escape");
	await panel.waitFor({ state: "detached" });
});

test("on a phone the hits are a drawer, which closes when one is chosen and keeps them", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", {
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true,
	});
	await ada.composer.fill("Where is the kettle?");
	await ada.page.getByRole("button", { name: "Send" }).click();
	await ada.hasStored(1);
	const drawer = ada.page.getByRole("dialog", { name: "Search" });
	const open = async () => {
		await ada.page.getByRole("button", { name: "More in this room" }).click();
		await ada.page.getByRole("menuitem", { name: "Search messages" }).click();
	};
	await open();
	await drawer.getByText("You can narrow it down").waitFor();
	await look(ada, "phone-empty");
	await drawer.getByRole("searchbox").fill("kett");
	await drawer.getByRole("searchbox").press("Enter");
	const hit = drawer.getByRole("button", { name: /You in #kitchen/ });
	await hit.waitFor();
	await look(ada, "phone-results");
	await hit.click();
	await drawer.waitFor({ state: "detached" });
	await ada.page.locator(".message--highlighted", { hasText: "kettle" }).waitFor();
	await look(ada, "phone-room");
	await open();
	await hit.waitFor();
});
