import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import type { Result } from "../report/result.ts";
import { runPage } from "../report/run-page.ts";
import { LoadRun, SMALL_LOAD } from "../testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const program =
	process.env.CHROMIUM ??
	(process.env.PATH ?? "")
		.split(delimiter)
		.flatMap((folder) => NAMES.map((name) => join(folder, name)))
		.find((path) => existsSync(path));
const skip = program === undefined && "Chromium is not installed";

let browser: Browser;
let folder: string;
let result: Result;

before(async () => {
	if (program === undefined) return;
	folder = mkdtempSync(join(tmpdir(), "hubbub-load-page-"));
	using run = new LoadRun([...SMALL_LOAD]);
	const ended = await run.ended;
	assert.equal(ended.code, 0, ended.output);
	result = ended.result!;
	browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
});

after(async () => {
	await browser?.close();
	if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Opens a report from the disk, without a network; returns the page and the errors on it. */
async function open(html: string, colorScheme: "light" | "dark" = "light", width = 1_100) {
	const file = join(folder, "report.html");
	writeFileSync(file, html);
	const context = await browser.newContext({ offline: true, colorScheme, viewport: { width, height: 900 } });
	const page = await context.newPage();
	const errors: string[] = [];
	page.on("pageerror", (error) => errors.push(error.message));
	page.on("request", (request) => request.url().startsWith("file:") || errors.push(`asked for ${request.url()}`));
	await page.goto(pathToFileURL(file).href);
	return { page, errors };
}

test("the report opens without a network: first the outcome, then charts that show something", {
	...MINUTES,
	skip,
}, async () => {
	const { page, errors } = await open(runPage(result));
	assert.equal(await page.locator("h1").innerText(), result.verdict.sentence);
	const headings = await page.locator("h1, h2").allInnerTexts();
	assert.deepEqual(headings.slice(1), ["Over time", "Figures"]);
	const charts = page.locator("figure canvas");
	assert.equal(await charts.count(), 5);
	for (let index = 0; index < 5; index++) assert.ok(await charts.nth(index).evaluate(isPainted), `chart ${index}`);
	assert.deepEqual(errors, []);
});

test("a dark colour scheme has a dark background and light text", { ...MINUTES, skip }, async () => {
	const { page } = await open(runPage(result), "dark");
	const colours = await page.evaluate(() => {
		const { backgroundColor, color } = getComputedStyle(document.body);
		return [backgroundColor, color].map((colour) => Number(/\d+/.exec(colour)![0]));
	});
	assert.ok(colours[0]! < 60 && colours[1]! > 180, String(colours));
});

test("on a phone nothing overflows sideways, with several servers and an older run too", {
	...MINUTES,
	skip,
}, async () => {
	const servers = ["a", "b", "c"].map((name) => ({ ...result.server!, name: `${name}.chat.example:3000` }));
	const { page, errors } = await open(runPage({ ...result, servers }, { ...result, run: "older1" }), "light", 390);
	assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
	assert.ok(await page.getByText("b.chat.example:3000").isVisible());
	assert.deepEqual(errors, []);
});

test("a compare shows two runs side by side", { ...MINUTES, skip }, async () => {
	const older = { ...result, run: "older1", generator: { ...result.generator, threads: 77 } };
	const { page, errors } = await open(runPage(result, older));
	assert.ok((await page.locator("th", { hasText: "run older1" }).count()) >= 5);
	assert.equal(
		await page.locator("tr", { hasText: "Threads" }).innerText(),
		`Threads\t${result.generator.threads}\t77`,
	);
	assert.deepEqual(errors, []);
});

test("the name of a build can't become part of the page", { ...MINUTES, skip }, async () => {
	const build = '</script><img src=x onerror="document.title=1">';
	const { page, errors } = await open(
		runPage({ ...result, target: { ...result.target, build }, errors: { [build]: 3 } }),
	);
	assert.equal(await page.locator("img").count(), 0);
	assert.ok(await page.getByText(build).first().isVisible());
	assert.deepEqual(errors, []);
});

/** Returns whether a canvas has more than a few pixels on it. Runs in the page. */
function isPainted(canvas: Element): boolean {
	const { width, height } = canvas as HTMLCanvasElement;
	const pixels = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height).data;
	return pixels.filter((value, index) => index % 4 === 3 && value > 0).length > 500;
}
