/** Markdown, the emoji picker and the list of completions, without a server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { entryPath, openComponentPage } from "../view/testing/component-page.ts";
import { hostileTexts } from "../view/testing/hostile-texts.ts";

const ENTRY = entryPath("conversation.tsx");
/** On an idle machine the slowest takes less than a tenth of a second. */
const FROZEN_MS = 10_000;
/** Of one message. */
const MAX_ELEMENTS = 1_500;
const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 320, height: 640 } };

const picker = (page: Page) => page.getByRole("dialog", { name: "Emoji" });
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const options = (page: Page) => page.getByRole("option");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

for (const colorScheme of ["light", "dark"] as const) {
	for (const [size, viewport] of Object.entries(SIZES)) {
		test(`axe finds nothing, nothing is blocked, and nothing scrolls sideways: ${colorScheme}, ${size}`, async (t) => {
			const { page, errors } = await openComponentPage(t, ENTRY, { colorScheme, viewport });
			await page.locator(".code__keyword").first().waitFor();
			assert.deepEqual(await axeViolations(page), [], "messages");
			await field(page).fill("@");
			await options(page).first().waitFor();
			assert.deepEqual(await axeViolations(page), [], "completions");
			await field(page).fill("");
			await page.getByRole("button", { name: "Emoji" }).click();
			await picker(page).getByRole("gridcell").first().waitFor();
			assert.deepEqual(await axeViolations(page), [], "the picker");
			const [width, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
			assert.ok(width! <= seen!, `${width} is not wider than ${seen}`);
			const clipped = await picker(page).evaluate((dialog) =>
				[...dialog.querySelectorAll("button")]
					.map((button) => button.getBoundingClientRect())
					.filter(({ left, right }) => left < 0 || right > innerWidth),
			);
			assert.deepEqual(clipped, []);
			assert.deepEqual(errors, []);
		});
	}
}

test("messages have the elements of their meaning, and the highlighter is loaded for a language", async (t) => {
	const { page, requests } = await openComponentPage(t, ENTRY);
	await page.locator(".code__keyword").first().waitFor();
	assert.ok(requests.some((path) => path.includes("highlight")));
	const count = (selector: string) => page.locator(`.text ${selector}`).count();
	for (const selector of [
		"strong",
		"em",
		"del",
		"code",
		"pre",
		"blockquote",
		"ul li ul li",
		"ol li",
		"bdi.mention--own",
	])
		assert.ok((await count(selector)) > 0, selector);
	assert.equal(await count("[style]"), 0);
	assert.equal(await count("blockquote .mention, code .mention"), 0);
	assert.deepEqual(await page.locator(".mention--own").allInnerTexts(), ["@Ada Lovelace", "@room"]);
});

test("code is copied as it was written", async (t) => {
	const { page } = await openComponentPage(t, ENTRY, { permissions: ["clipboard-read", "clipboard-write"] });
	await page.locator(".code__keyword").first().waitFor();
	await page.getByRole("button", { name: "Copy code" }).first().click();
	await page.getByText("Copied", { exact: true }).waitFor();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	assert.match(copied, /^\/\*\* Returns the n-th number\. \*\/\nexport function fib/);
	assert.match(copied, /\n\tconst seen/);
});

test("hostile Markdown and thousands of emoji do not stop the page", async (t) => {
	const { page, errors } = await openComponentPage(t, ENTRY);
	for (const [name, text] of hostileTexts(4_000)) {
		const drawnMs = await field(page).evaluate(async (element, text) => {
			const started = performance.now();
			(element as HTMLTextAreaElement).value = text;
			element.dispatchEvent(new InputEvent("input", { bubbles: true }));
			element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
			await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
			return performance.now() - started;
		}, text);
		assert.ok(drawnMs < FROZEN_MS, `${name}: ${drawnMs} ms`);
		assert.ok((await page.locator(".sent *").count()) < MAX_ELEMENTS, name);
	}
	assert.deepEqual(errors, []);
});

test("the picker is used by keyboard alone", async (t) => {
	const { page } = await openComponentPage(t, ENTRY);
	const { keyboard } = page;
	await page.getByRole("button", { name: "Emoji" }).focus();
	await keyboard.press("Enter");
	await picker(page).getByRole("gridcell").first().waitFor();
	assert.equal(await focused(page), "Search emoji");
	await keyboard.press("ArrowDown");
	assert.equal(await focused(page), "grinning face");
	await keyboard.press("ArrowRight");
	assert.equal(await focused(page), "grinning face with big eyes");
	await keyboard.press("Enter");
	assert.equal(await field(page).inputValue(), "😃");
	for (const key of ["End", "ArrowDown", "Home", "ArrowUp", "ArrowUp"]) await keyboard.press(key);
	assert.equal(await focused(page), "Search emoji", "up from the first row");
	await keyboard.type("thumbs");
	await page.getByRole("button", { name: "thumbs up" }).waitFor();
	await keyboard.press("Enter");
	assert.equal(await field(page).inputValue(), "😃👍");
	await keyboard.press("ArrowDown");
	await keyboard.press("ArrowRight");
	assert.equal(await focused(page), "thumbs down");
	await keyboard.press("Escape");
	await picker(page).waitFor({ state: "detached" });
	assert.equal(await focused(page), "Emoji", "the focus is restored");
});

test("the picker keeps what was used last and the skin tone", async (t) => {
	const { page } = await openComponentPage(t, ENTRY);
	const open = () => page.getByRole("button", { name: "Emoji" }).click();
	await open();
	await picker(page).getByTitle("Dark skin tone", { exact: true }).click();
	await picker(page).getByRole("tab", { name: "People" }).click();
	await picker(page).getByRole("button", { name: "waving hand" }).click();
	assert.equal(await field(page).inputValue(), "👋🏿");
	await picker(page).getByRole("button", { name: "Close" }).click();
	await page.reload();
	await open();
	await picker(page).getByRole("grid", { name: "Recently used" }).getByRole("button", { name: "waving hand" }).click();
	assert.equal(await field(page).inputValue(), "👋🏿");
	await page.mouse.click(5, 5);
	await picker(page).waitFor({ state: "detached" });
});

test("people and emoji are completed by keyboard", async (t) => {
	const { page } = await openComponentPage(t, ENTRY);
	const { keyboard } = page;
	await field(page).pressSequentially("hi @");
	assert.equal(await options(page).count(), 4);
	await becomesActive(page, "Ada Lovelace");
	await keyboard.press("ArrowUp");
	await becomesActive(page, "🌱 Noor");
	await keyboard.press("ArrowDown");
	await keyboard.press("ArrowDown");
	await keyboard.press("Tab");
	assert.equal(await field(page).inputValue(), "hi @Inês Carvalho ");
	assert.equal(await page.locator("output").innerText(), "ines");
	assert.equal(await options(page).count(), 0);
	await keyboard.type("@يو");
	await keyboard.press("Enter");
	await keyboard.type(":smil");
	await options(page).filter({ hasText: ":smile:" }).waitFor();
	await keyboard.press("Enter");
	assert.equal(await field(page).inputValue(), "hi @Inês Carvalho @يوسف 😄 ");
	await keyboard.type("@ad");
	assert.equal(await options(page).count(), 1);
	await keyboard.press("Escape");
	assert.equal(await options(page).count(), 0);
	await keyboard.type("a");
	assert.equal(await options(page).count(), 0, "dismissed");
	await keyboard.press("Enter");
	assert.equal(await field(page).inputValue(), "", "Enter sends when nothing is offered");
	await keyboard.type("@ada");
	assert.equal(await options(page).count(), 1, "a new token");
	await keyboard.press("Shift+Enter");
	assert.equal(await field(page).inputValue(), "@ada\n");
});

/** Waits until the field names the option with this text as active. */
async function becomesActive(page: Page, text: string): Promise<void> {
	await page.getByRole("option", { name: text, selected: true }).waitFor();
	const id = await field(page).getAttribute("aria-activedescendant");
	assert.equal(await page.locator(`[id="${id}"]`).innerText(), text);
}

test("a completion is chosen by mouse and by touch, and the field keeps the focus", async (t) => {
	for (const hasTouch of [false, true]) {
		const { page } = await openComponentPage(t, ENTRY, { hasTouch });
		await field(page).pressSequentially("@noo");
		if (hasTouch) await options(page).first().tap();
		else await options(page).first().click();
		assert.equal(await field(page).inputValue(), "@🌱 Noor ");
		assert.equal(await focused(page), "Message");
	}
});

test("keys during the composition of an input method are not the list's", async (t) => {
	const { page } = await openComponentPage(t, ENTRY);
	await field(page).pressSequentially("@ada");
	for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
		const prevented = await field(page).evaluate((element, init) => {
			const keys = ["Enter", "Tab", "ArrowDown", "Escape"];
			const events = keys.map((key) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
			for (const event of events) element.dispatchEvent(event);
			return events.filter((event) => event.defaultPrevented).length;
		}, init);
		assert.equal(prevented, 0, JSON.stringify(init));
	}
	assert.equal(await field(page).inputValue(), "@ada");
	assert.equal(await options(page).count(), 1);
});
