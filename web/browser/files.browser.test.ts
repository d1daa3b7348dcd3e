import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { exif, SECRET_PLACE } from "../../app/testing/pictures.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { openBrowserTest } from "./browser-test.ts";
import { give, photo, Reader, share, sharePrivately, storedFiles, text } from "./file-actions.ts";
import type { TestUser } from "./test-user.ts";

const PICTURE = new URL("../public/icon-180.png", import.meta.url);
/** With markup, a character that turns the direction, and more than fits. */
const ODD_NAME = `Q3 <b>report \u202efdp.exe ${"very ".repeat(30)}long.pdf`;
const SIZES = {
	wide: { viewport: { width: 1280, height: 800 } },
	phone: { viewport: { width: 360, height: 740 } },
};

/** Opens the second of two pictures, goes to the first one by keys and closes the viewer. */
async function viewPictures({ page, timeline }: TestUser): Promise<void> {
	await timeline.getByRole("img", { name: "two.png" }).click();
	const viewer = page.getByRole("dialog", { name: "Picture" });
	await viewer.getByRole("img", { name: "two.png" }).waitFor();
	await viewer.getByText(/^2 of 2, /).waitFor();
	assert.deepEqual(await axeViolations(page), [], "the viewer");
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("ArrowLeft");
	await viewer.getByRole("img", { name: "one.png" }).waitFor();
	const download = viewer.getByRole("link", { name: "Download" });
	assert.equal(await download.getAttribute("download"), "one.png");
	await page.keyboard.press("Escape");
	await viewer.waitFor({ state: "detached" });
	const focused = await page.evaluate(() => document.activeElement?.querySelector("img")?.alt);
	assert.equal(focused, "two.png", "the focus is on the picture that was opened");
}

for (const [size, options] of Object.entries(SIZES)) {
	test(`F1 the files of a message are shown, and keep their place while they load: ${size}`, async (t) => {
		const chat = await openBrowserTest(t);
		const picture = new Uint8Array(await readFile(PICTURE));
		const ada = await chat.join("Ada", "kitchen", options);
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await ada.page.route(/FileView/, async (route) => {
			await held;
			await route.continue();
		});
		await share(chat.server.url, "", [
			["harbour.png", picture],
			[ODD_NAME, new TextEncoder().encode("%PDF-1.7")],
		]);
		const files = ada.timeline.locator(".files");
		await files.waitFor();
		const heightBefore = (await files.boundingBox())!.height;
		release();
		const image = ada.timeline.getByRole("img", { name: "harbour.png" });
		await image.waitFor();
		await image.evaluate((element: HTMLImageElement) => element.decode());
		assert.equal((await files.boundingBox())!.height, heightBefore);
		assert.equal(await ada.bodies.count(), 0, "no empty text");

		const row = ada.timeline.getByRole("article").last();
		assert.match((await row.getAttribute("aria-label"))!, /^Grace: 2 files, /);
		const card = ada.timeline.locator(".file__card");
		const name = await card.locator("bdi").innerText();
		assert.ok(name.startsWith("Q3 <b>report"), name);
		assert.equal(await card.getAttribute("download"), name);
		assert.ok(await card.locator("bdi").evaluate((element) => element.scrollWidth > element.clientWidth), "clipped");

		await share(chat.server.url, "Both", [
			["one.png", picture],
			["two.png", picture],
		]);
		await ada.timeline.getByRole("img", { name: "two.png" }).waitFor();
		await ada.page.emulateMedia({ colorScheme: size === "wide" ? "light" : "dark" });
		assert.deepEqual(await axeViolations(ada.page), []);
		await viewPictures(ada);
		const [width, seen] = await ada.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
		assert.ok(width! <= seen!, `${width} is not wider than ${seen}`);
		assert.deepEqual(ada.errors, []);
		const secret = await sharePrivately(chat.server.url);
		assert.equal(await ada.page.evaluate(async (id) => (await fetch(`/api/files/${id}`)).status, secret), 404);
	});
}

test("M2 a photo and three files are sent once each, though the connection is lost half-way and the page reloaded", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { viewport: { width: 1000, height: 800 } });
	const grace = await Reader.open(t, chat.server.url);
	// What takes files is loaded in idle time.
	await ada.page.waitForFunction(() => document.querySelector("#composer")?.hasAttribute("aria-autocomplete"));

	await give(ada, "paste", [await photo(ada, exif(6))]);
	const strip = ada.page.getByRole("list", { name: "Files to send" });
	await strip.getByText(/ kB$/).waitFor();
	await strip.getByRole("textbox", { name: "Description of IMG_0042.JPG" }).fill("A field in the evening");
	assert.deepEqual(await axeViolations(ada.page), []);
	await ada.composer.fill("Look");
	await ada.composer.press("Enter");
	await ada.hasStored(1);
	await strip.waitFor({ state: "detached" });
	await ada.timeline.getByRole("img", { name: "A field in the evening" }).waitFor();
	const [look] = await grace.messages();
	const { name, width, height, alt } = look!.files![0]!;
	assert.deepEqual([look!.body, name, alt], ["Look", "IMG_0042.webp", "A field in the evening"]);
	assert.deepEqual([width, height], [1_280, 2_560], "upright, and not larger than needed");
	const [stored] = await storedFiles(chat.server.folder);
	assert.ok(!stored!.includes(SECRET_PLACE) && !stored!.includes("Exif"), "without the place");

	const contents = ["one", "two", "three"];
	await give(
		ada,
		"drop",
		contents.map((content) => text(`${content}.txt`, content)),
	);
	await strip.getByText("three.txt").waitFor();
	let uploads = 0;
	await ada.page.route(/\/api\/files\?/, async (route) => {
		uploads++;
		if (uploads === 1) return route.continue();
		// The second upload breaks off with the connection.
		await ada.context.setOffline(true);
		await route.abort();
	});
	await ada.page.getByRole("button", { name: "Send" }).click();
	await ada.page.getByText("You're offline.").waitFor();
	await ada.timeline.locator("[data-state=queued]").getByText("three.txt").waitFor();
	await ada.page.unrouteAll();
	await ada.context.setOffline(false);
	await ada.page.reload();
	await ada.hasStored(2);
	const sent = await grace.messages();
	assert.equal(sent.length, 2);
	const ids = sent[1]!.files!.map(({ id }) => id);
	assert.deepEqual(await Promise.all(ids.map((id) => grace.content(id))), contents);

	await ada.timeline.getByRole("article").last().focus();
	await ada.page.keyboard.press("Delete");
	await waitFor("the removal", async () => (await grace.messages()).length === 1, { timeoutMs: 60_000 });
	for (const id of ids) assert.equal(await grace.content(id), 404);
	// Beside the photo there may be an upload that no message got.
	await waitFor("the removed files to be deleted", async () => {
		const left = (await storedFiles(chat.server.folder)).map(String);
		return !left.includes("two") && !left.includes("three") && left.length <= 2;
	});
});

test("a file that the server refuses says why, and is sent again or removed; one that waits is taken out", async (t) => {
	const chat = await openBrowserTest(t, { LIMIT_FILE_BYTES: "100000" });
	const ada = await chat.join("Ada", "kitchen", SIZES.phone);
	await ada.page.getByRole("button", { name: "Add to the message" }).click();
	const [chooser] = await Promise.all([
		ada.page.waitForEvent("filechooser"),
		ada.page.getByRole("menuitem", { name: "Photo or file" }).click(),
	]);
	await chooser.setFiles([
		{ name: "film.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(300_000) },
		{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") },
	]);
	const strip = ada.page.getByRole("list", { name: "Files to send" });
	await strip.getByText("300 kB").waitFor();
	await strip.getByRole("button", { name: "Remove notes.txt" }).click();
	await ada.page.getByRole("button", { name: "Send" }).click();
	const failure = ada.timeline.getByText("Not sent. A file has at most 100 kB. Send a smaller one.");
	await failure.waitFor();
	await ada.timeline.getByRole("button", { name: "Retry" }).click();
	await failure.waitFor();
	await ada.timeline.getByRole("button", { name: "Delete" }).click();
	await failure.waitFor({ state: "detached" });
	assert.equal(await ada.timeline.getByRole("article").count(), 0);

	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	await ada.page.route(/\/api\/files\?/, async (route) => {
		await held;
		await route.continue().catch(() => {});
	});
	await give(ada, "drop", [text("a.txt", "a"), text("b.txt", "b")]);
	await strip.getByText("b.txt").waitFor();
	await ada.page.getByRole("button", { name: "Send" }).click();
	await ada.timeline.getByRole("progressbar", { name: "Uploading a.txt" }).waitFor();
	await ada.timeline.getByRole("button", { name: "Cancel a.txt" }).click();
	release();
	await ada.hasStored(1);
	assert.deepEqual(await ada.timeline.locator(".file__name").allInnerTexts(), ["b.txt"]);
	const [width, seen] = await ada.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
	assert.ok(width! <= seen!, `${width} is not wider than ${seen}`);
});
