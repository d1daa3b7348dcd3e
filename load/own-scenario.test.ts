import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "./testing/load-run.ts";

const folder = mkdtempSync(join(tmpdir(), "hubbub-load-own-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The scenario that the guide shows, as a reader would copy it. */
const [, GUIDE] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, "README.md"), "utf8"))!;

function scenario(name: string, text: string): string {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}

test("the guide's scenario runs as it stands there", { timeout: 120_000 }, async () => {
	const args = "--users 6 --members 6 --rate 3 --duration 4 --p99 60000".split(" ");
	const { code, output, result } = await load(["--profile", scenario("lunch.yml", GUIDE!), ...args]);
	assert.equal(code, 0, output);
	assert.equal(result?.profile.name, "lunch");
	assert.equal(result?.accounting.acked, 12);
	assert.deepEqual(result?.errors, {});
});

test("people who leave early are owed what came until then, and the books stay open without them", {
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

test("a scenario whose people are all refused says so, with the cause and without a stack", {
	timeout: 120_000,
}, async () => {
	const file = scenario(
		"refused.yml",
		GUIDE!.replace('"room:join", { room: "{{ room }}" }', '"room:join", { room: 7 }'),
	);
	const { code, output } = await load(["--profile", file, "--users", "3", "--members", "3"]);
	assert.equal(code, 1);
	assert.match(output, /Nobody got in\. What went wrong:\n {2}3 x room:join: bad_request \(room\)/);
	assert.doesNotMatch(output, /\n\s+at /);
});

test("a step that does not exist, or one that is left out, is told before anything is sent", async () => {
	const misspelt = scenario("misspelt.yml", GUIDE!.replace("waitForTurn", "waitForTern"));
	assert.match((await load(["--profile", misspelt])).output, /no step "function: waitForTern".*waitForTurn/);
	const elsewhere = scenario("elsewhere.yml", GUIDE!.replace("over: turns", "over: turn"));
	assert.match((await load(["--profile", elsewhere])).output, /goes "over: turn"; make that "over: turns"/);
	const { code, output } = await load([
		"--profile",
		scenario("bare.yml", GUIDE!.replace("function: takeNotes", "think: 1")),
	]);
	assert.equal(code, 2);
	assert.match(output, /needs the step "function: takeNotes"/);
});
