import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { BadInput, readFlags, readList, readSeed, readWhole, SWITCH, TEXT } from "./cli.ts";

const refuses = (act: () => unknown, sentence: RegExp) =>
	assert.throws(act, (error) => error instanceof BadInput && sentence.test(error.message));

test("flags are read, and an unknown one is refused with a pointer to the help", () => {
	const options = { quick: SWITCH, only: TEXT };
	assert.deepEqual({ ...readFlags("npm run x", ["--only", "a"], options) }, { quick: false, only: "a" });
	refuses(() => readFlags("npm run x", ["--nonsense"], options), /--nonsense.*See npm run x -- --help\.$/);
	refuses(() => readFlags("npm run x", ["word"], options), /word.*--help/);
});

test("numbers, lists and seeds are refused with a sentence where they make no sense", () => {
	assert.equal(readWhole("--rounds", "7", 10), 7);
	for (const text of ["0", "11", "1.5", "many", ""]) {
		refuses(() => readWhole("--rounds", text, 10), /--rounds is a whole number from 1 to 10/);
	}
	assert.deepEqual(readList("--only", "c, a", ["a", "b", "c"]), ["a", "c"]);
	refuses(() => readList("--only", "a,d", ["a", "b"]), /--only takes a, b; there is no "d"/);
	assert.equal(readSeed("again"), "again");
	assert.notEqual(readSeed(undefined), readSeed(undefined));
	refuses(() => readSeed(""), /--seed/);
});

for (const [thrown, code, output] of [
	["return 0", 0, /^$/],
	["return 1", 1, /^$/],
	['throw new BadInput("Give --x.")', 2, /^Give --x\.\n$/],
	['throw new RunFailed("It broke.")', 1, /^It broke\.\n$/],
	['throw new Error("bug")', 1, /Error: bug\n\s+at /],
	[
		'process.kill(process.pid, "SIGINT"); await new Promise((resolve) => setTimeout(resolve, 5_000)); return 0',
		130,
		/^$/,
	],
] as const) {
	test(`a command that does \`${thrown}\` exits with ${code}`, () => {
		const program = `import { BadInput, RunFailed, runCommand } from "${new URL("./cli.ts", import.meta.url)}";
			await runCommand(async () => { ${thrown}; });`;
		const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
			encoding: "utf8",
		});
		assert.match(stderr, output);
		assert.equal(status, code);
	});
}
