import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { BUDGET_BYTES, judgeSize, weighFirstLoad } from "./budget.ts";
import { pageBuilds } from "./bundle.ts";

test("the scripts of the first load are measured, compressed", async () => {
	const bundles = await Promise.all(pageBuilds(true).map((options) => build(options)));
	const weighed = weighFirstLoad(bundles);
	assert.deepEqual(
		weighed.map(({ file }) => file.replace(/-[A-Z0-9]{8}/, "")).filter((file) => !file.includes("chunk")),
		["/assets/main.js", "/assets/theme.js"],
	);
	const minified = bundles.flatMap(({ outputFiles }) => outputFiles).find(({ path }) => path.includes("main-"));
	const main = weighed.find(({ file }) => file.includes("main-"));
	assert.ok(main && minified && main.brotliBytes > 5_000 && main.brotliBytes < minified.contents.length);
});

test("one byte more than the budget exceeds it", () => {
	const at = judgeSize([{ file: "/assets/main.js", brotliBytes: BUDGET_BYTES }]);
	assert.equal(at.fits, true);
	const over = judgeSize([
		{ file: "/assets/main.js", brotliBytes: BUDGET_BYTES },
		{ file: "/assets/theme.js", brotliBytes: 1 },
	]);
	assert.equal(over.fits, false);
	assert.match(over.sentence, /^First-load JavaScript: 44\.0 of 44\.0 KB brotli \(\/assets\/main\.js 44\.0, /);
});
