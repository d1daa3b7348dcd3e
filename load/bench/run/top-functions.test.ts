import assert from "node:assert/strict";
import { test } from "node:test";
import { topFunctions } from "./top-functions.ts";

function node(id: number, functionName: string, url = "") {
	return { id, callFrame: { functionName, url, lineNumber: 9 } };
}

test("the share of a function is the time of all its samples, of the time that was not idle", () => {
	const profile = {
		nodes: [
			node(1, "(idle)"),
			node(2, "emit", "file:///a/b/adapter.ts"),
			node(3, "emit", "file:///a/b/adapter.ts"),
			node(4, ""),
		],
		samples: [1, 2, 3, 4, 1],
		timeDeltas: [500, 30, 50, 20, 500],
	};
	const { busyMs, shares } = topFunctions(profile, 5);
	assert.equal(busyMs, 0.1);
	assert.deepEqual(shares, [
		{ where: "emit  b/adapter.ts:10", share: 0.8 },
		{ where: "(anonymous)", share: 0.2 },
	]);
	assert.equal(topFunctions(profile, 1).shares.length, 1);
});
