import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import { openBrowserTest } from "./browser-test.ts";
import { largePhoto, share } from "./file-actions.ts";
import type { TestUser } from "./test-user.ts";

const PICTURE = new URL("../public/icon-180.png", import.meta.url);

/** How far things have moved in the room, the bytes of pictures it has loaded, and those in view that are not loaded. */
function loadedPictures({ page }: TestUser) {
	return page.evaluate(() => {
		type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
		const { shifts } = window as unknown as { shifts: Shift[] };
		const loaded = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name }) =>
			name.includes("/api/files/"),
		);
		const view = document.querySelector("[role=log]")!.getBoundingClientRect();
		const inView = [...document.querySelectorAll(".file--image")].filter((file) => {
			const { top, bottom } = file.getBoundingClientRect();
			return bottom > view.top && top < view.bottom;
		});
		const room = document.querySelector(".room-page")!;
		const ofRoom = shifts.filter(({ sources }) => sources.some(({ node }) => room.contains(node)));
		return {
			shift: ofRoom.reduce((sum, { value }) => sum + value, 0),
			count: loaded.length,
			bytes: loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
			inView: inView.length,
			missing: inView.filter((file) => !file.querySelector<HTMLImageElement>("img")?.complete).length,
		};
	});
}

test("of a page of 50 large pictures those in view are loaded, in at most 3 MB, and nothing moves", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada", { viewport: { width: 1280, height: 800 } });
	await ada.page.goto(chat.server.url);
	const picture = await largePhoto(ada);
	assert.ok(picture.length > 300_000, `${picture.length} bytes`);
	await share(chat.server.url, "", [["photo.webp", picture]], 50);
	await ada.page.addInitScript(() => {
		const shifts: PerformanceEntry[] = [];
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => void shifts.push(...list.getEntries())).observe({
			type: "layout-shift",
			buffered: true,
		});
	});
	await ada.join(chat.server.url, "kitchen");
	const pictures = ada.timeline.locator(".file--image");
	await waitFor("the pictures in view", async () => {
		const { inView, missing } = await loadedPictures(ada);
		return inView > 0 && missing === 0;
	});
	assert.equal(await pictures.count(), 50);
	const first = await loadedPictures(ada);
	assert.ok(first.bytes <= 3_000_000, `${first.bytes} bytes`);
	assert.equal(first.shift, 0, JSON.stringify(first));
});

test("where the user saves data, a picture is loaded on request", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada");
	await ada.page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
	await ada.join(chat.server.url, "kitchen");
	await share(chat.server.url, "", [["harbour.png", new Uint8Array(await readFile(PICTURE))]]);
	const show = ada.timeline.getByRole("button", { name: /^Show picture, / });
	await show.waitFor();
	assert.equal(await ada.timeline.getByRole("img").count(), 0);
	await show.click();
	await ada.timeline.getByRole("img", { name: "harbour.png" }).waitFor();
});
