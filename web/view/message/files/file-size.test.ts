import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSize } from "./file-size.ts";

test("a size has the unit that keeps it below 1000", () => {
	const sizes = [0, 1, 999, 1000, 1240, 339_600, 999_499, 999_500, 25_000_000, 1_500_000_000].map(fileSize);
	const expected = ["0 bytes", "1 byte", "999 bytes", "1 kB", "1.2 kB", "340 kB", "999 kB", "1 MB", "25 MB", "1.5 GB"];
	assert.deepEqual(sizes, expected);
});
