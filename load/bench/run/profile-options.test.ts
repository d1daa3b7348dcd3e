import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../../kit/cli.ts";
import { readProfileOptions } from "./profile-options.ts";

test("the load is W3 unless --under names another one", () => {
	const options = readProfileOptions([]);
	assert.ok(options !== "help");
	assert.equal(options.name, "W3");
	assert.equal(options.load.messagesPerS, 1_000);
	const other = readProfileOptions(["--under", "W2", "--seconds", "3"]);
	assert.ok(other !== "help");
	assert.deepEqual([other.load.rooms, other.seconds], [20, 3]);
	assert.equal(readProfileOptions(["--help"]), "help");
});

for (const [args, sentence] of [
	[["--under", "W5"], /--under takes W1, W2, W3, W4/],
	[["--seconds", "0"], /whole number from 1 to 600/],
	[["--deep"], /Unknown option '--deep'\. See npm run profile -- --help/],
] as const) {
	test(`bad input has an error sentence: ${args.join(" ")}`, () => {
		assert.throws(
			() => readProfileOptions(args),
			(error: Error) => error instanceof BadInput && sentence.test(error.message),
		);
	});
}
