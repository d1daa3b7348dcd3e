import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openRowRun } from "../chaos/testing/row-run.ts";
import { ATTACKS } from "./attacks/all.ts";
import { unboundedControl } from "./attacks/readers.ts";
import { runAttack } from "./run/run-attack.ts";

const ATTACK = fileURLToPath(new URL("attack.ts", import.meta.url));
const skip = process.platform !== "linux" && "needs Linux";

async function attack(t: TestContext, ...args: string[]) {
	const child = spawn(process.execPath, [ATTACK, ...args]);
	t.after(() => child.kill("SIGTERM"));
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (chunk) => {
			output += chunk;
		});
	const [code] = await once(child, "close");
	return { code, output };
}

test("bad input ends with one sentence that says how to correct it, and exit code 2", async (t) => {
	for (const [args, sentence] of [
		[["--only", "nukes"], /takes control, messages, .* there is no "nukes"/],
		[["--seconds", "0"], /--seconds is a whole number from 1/],
		[["--seed", ""], /--seed is a text of 1 to/],
		[["--report", ""], /--report is the folder/],
		[["--fast"], /--fast.*--help/],
	] as const) {
		const { code, output } = await attack(t, ...args);
		assert.equal(code, 2, output);
		assert.match(output, sentence);
		assert.equal(output.trim().split("\n").length, 1, output);
	}
});

test("--help and --list show every option and every attack", async (t) => {
	const help = await attack(t, "--help");
	assert.equal(help.code, 0);
	for (const option of ["--only", "--seconds", "--quick", "--seed", "--report", "--list"])
		assert.ok(help.output.includes(option));
	const list = await attack(t, "--list");
	assert.equal(list.code, 0);
	for (const { id, title } of ATTACKS) assert.ok(list.output.includes(id) && list.output.includes(title));
});

test("the control does not hold where memory does not grow, as with the default limits", { skip }, async (t) => {
	const { env: _, ...harmless } = unboundedControl;
	const times = { calmS: 0.2, attackS: 1, restS: 0 };
	const run = openRowRun(t, 1);
	await runAttack({ ...harmless, growthMiB: 1_024 }, run, times);
	assert.equal(run.findings.hasProblems, true);
	assert.match(run.findings.problems.join("\n"), /Memory was not found to grow/);
});

test("an attack is withstood, measured and reported", { skip }, async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-attack-test-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const { code, output } = await attack(t, "--only", "messages", "--quick", "--seconds", "5", "--report", folder);
	assert.equal(code, 0, output);
	const [json = "", markdown = ""] = readdirSync(folder).sort();
	assert.ok(json.endsWith(".json") && markdown.endsWith(".md"));
	const { results } = JSON.parse(readFileSync(join(folder, json), "utf8"));
	const [{ measured }] = results;
	// How many of each depends on the speed of the machine; the run itself bounds those that were accepted.
	assert.ok(measured.counts.accepted > 0 && measured.counts.refused > 0);
	assert.ok(measured.during.ackMs.length > 0 && measured.memory.peakBytes >= measured.memory.beforeBytes);
	assert.match(readFileSync(join(folder, markdown), "utf8"), /^\| 10 connections of one user.* \| held \| /m);
});
