import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openStage } from "../chaos/testing/stage.ts";
import { ATTACKS } from "./attacks/all.ts";
import { control } from "./attacks/readers.ts";
import { besiege } from "./run/siege.ts";

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

test("bad input is a sentence that says what to do, and the exit code 2", async (t) => {
	for (const [args, sentence] of [
		[["--only", "nukes"], /knows control, messages, .* it does not know "nukes"/],
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

test("--help and --list name every option and every attack", async (t) => {
	const help = await attack(t, "--help");
	assert.equal(help.code, 0);
	for (const option of ["--only", "--seconds", "--quick", "--seed", "--report", "--list"])
		assert.ok(help.output.includes(option));
	const list = await attack(t, "--list");
	assert.equal(list.code, 0);
	for (const { id, title } of ATTACKS) assert.ok(list.output.includes(id) && list.output.includes(title));
});

test("the control does not hold where nothing grows, as with the limits as they come", { skip }, async (t) => {
	const { env: _, ...harmless } = control;
	const times = { calmS: 0.2, attackS: 1, restS: 0 };
	const { verdict } = await besiege({ ...harmless, growthMiB: 1_024 }, openStage(t, 1), times);
	assert.equal(verdict.holds, false);
	assert.match(verdict.complaints.join("\n"), /did not find that memory grows/);
});

test("a row is withstood, measured and written down", { skip }, async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-attack-test-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const { code, output } = await attack(t, "--only", "messages", "--quick", "--seconds", "1", "--report", folder);
	assert.equal(code, 0, output);
	const [json = "", markdown = ""] = readdirSync(folder).sort();
	assert.ok(json.endsWith(".json") && markdown.endsWith(".md"));
	const { results } = JSON.parse(readFileSync(join(folder, json), "utf8"));
	const [{ measured }] = results;
	assert.ok(measured.account.through > 0 && measured.account.refused > measured.account.through);
	assert.ok(measured.during.ackMs.length > 0 && measured.memory.peakBytes >= measured.memory.beforeBytes);
	assert.match(readFileSync(join(folder, markdown), "utf8"), /^\| 10 lines of one user.* \| held \| /m);
});
