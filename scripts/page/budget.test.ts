import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "../root.ts";
import { BUDGET_BYTES, IDLE_PARTS, judgeSizes, weighPage } from "./budget.ts";
import { pageBuilds } from "./bundle.ts";
import { pageParts } from "./references.ts";

test("the first load, idle time and each part that is loaded on use are measured, compressed", async () => {
	const bundles = await Promise.all(pageBuilds(true).map((options) => build(options)));
	const groups = weighPage(bundles);
	const [first, idle, ...onUse] = groups;
	assert.deepEqual([first?.name, idle?.name], ["first load", "in idle time"]);
	// The helpers of esbuild that a file of data shares with the page are a file of their own, of a hundred bytes.
	const files = first?.files.filter(({ file, brotliBytes }) => !file.includes("chunk") || brotliBytes > 150);
	assert.deepEqual(
		files?.map(({ file }) => file.replace(/-[A-Z0-9]{8}/, "")),
		["/assets/main.js", "/assets/chunk.js", "/assets/theme.js"],
		"everything that the first load needs is in one file, beside the two entries",
	);
	const contents = bundles.flatMap(({ outputFiles }) => outputFiles);
	const shared = contents.find(({ path }) => path.endsWith(files![1]!.file))!.contents;
	assert.ok(files![1]!.brotliBytes > 5_000 && files![1]!.brotliBytes < shared.length);
	assert.ok(idle!.files.length > 0);
	assert.ok(onUse.some(({ name }) => name === "JoinPage"));
	const inFirstLoad = new Set(first!.files.map(({ file }) => file));
	for (const { name, files } of [idle!, ...onUse]) {
		assert.ok(files.length > 0, name);
		assert.ok(!files.some(({ file }) => inFirstLoad.has(file)), `${name} counts nothing of the first load`);
	}
	assert.ok(pageParts(bundles).every(({ source }) => existsSync(join(root, source))));
});

test("the parts that are weighed as idle are those that the page loads in idle time, and the database", () => {
	const source = (file: string) => readFileSync(join(root, "web/view", file), "utf8");
	const files = new Map(
		[...source("parts.ts").matchAll(/const (\w+) = lazyPart\(\(\) => import\("\.(.+?)"\)\)/g)].map(([, name, path]) => [
			name!,
			`web/view${path}`,
		]),
	);
	const [, names] = /const parts = \[(.+?)\];/.exec(source("load-idle-parts.ts")) ?? [];
	const parts = names?.split(", ").map((name) => files.get(name)) ?? [];
	assert.deepEqual(new Set(["web/model/pending-database.ts", ...parts]), IDLE_PARTS);
});

test("one byte more than its budget exceeds it, in each group by itself", () => {
	const group = (name: string, budgetBytes: number, brotliBytes: number) => ({
		name,
		budgetBytes,
		files: [
			{ file: "/assets/a.js", brotliBytes: brotliBytes - 1 },
			{ file: "/assets/b.js", brotliBytes: 1 },
		],
	});
	const at = [group("first load", BUDGET_BYTES.entry, BUDGET_BYTES.entry), group("Search", 14_000, 14_000)];
	assert.deepEqual(judgeSizes(at).exceeding, []);
	const over = judgeSizes([at[0]!, group("Search", 14_000, 14_001)]);
	assert.deepEqual(over.exceeding, ["Search"]);
	assert.equal(over.sentence, "JavaScript in KB of brotli: first load 44.0 of 44.0, Search 14.0 of 14.0.");
});
