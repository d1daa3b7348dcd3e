import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "../testing/load-run.ts";

const folder = mkdtempSync(join(tmpdir(), "hubbub-load-own-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The scenario in the README, as a reader would copy it. */
const [, GUIDE] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8"))!;

function scenario(name: string, text: string): string {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}

test("the scenario of the README runs unchanged", { timeout: 120_000 }, async () => {
	const args = "--users 6 --members 6 --rate 3 --duration 4 --p99 60000".split(" ");
	const { code, output, result } = await load(["--profile", scenario("lunch.yml", GUIDE!), ...args]);
	assert.equal(code, 0, output);
	assert.equal(result?.profile.name, "lunch");
	assert.equal(result?.accounting.acked, 12);
	assert.deepEqual(result?.errors, {});
});

test("users who leave early are owed what was sent until then, and the run continues without them", {
	timeout: 120_000,
}, async () => {
	const early = scenario("early.yml", GUIDE!.replace("      - function: readToTheEnd\n", ""));
	const args = "--users 6 --members 6 --rate 3 --duration 4 --p99 60000".split(" ");
	const { code, output, result } = await load(["--profile", early, ...args]);
	assert.equal(code, 0, output);
	assert.equal(result?.accounting.acked, 12);
	assert.deepEqual(result?.errors, {});
	assert.ok(result.accounting.owed < 12 * 6 && result.accounting.owed > 12, output);
});

test("a scenario whose users are all refused reports the cause, without a stack", {
	timeout: 120_000,
}, async () => {
	const file = scenario(
		"refused.yml",
		GUIDE!.replace('"room:join", { room: "{{ room }}" }', '"room:join", { room: 7 }'),
	);
	const { code, output } = await load(["--profile", file, "--users", "3", "--members", "3"]);
	assert.equal(code, 1);
	assert.match(output, /No user joined\. Errors:\n {2}3 x room:join: bad_request \(room\)/);
	assert.doesNotMatch(output, /\n\s+at /);
});

test("an unknown step, or a missing one, is reported before anything is sent", async () => {
	const misspelt = scenario("misspelt.yml", GUIDE!.replace("waitForTurn", "waitForTern"));
	assert.match((await load(["--profile", misspelt])).output, /no step "function: waitForTern".*waitForTurn/);
	const elsewhere = scenario("elsewhere.yml", GUIDE!.replace("over: turns", "over: turn"));
	assert.match((await load(["--profile", elsewhere])).output, /has "over: turn"; make that "over: turns"/);
	const { code, output } = await load([
		"--profile",
		scenario("bare.yml", GUIDE!.replace("function: takeNotes", "think: 1")),
	]);
	assert.equal(code, 2);
	assert.match(output, /needs the step "function: takeNotes"/);
});
