import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { noSmallDisk } from "./faults/small-disk.ts";

const CHAOS = fileURLToPath(new URL("chaos.ts", import.meta.url));

/** Starts the command as a process with its own folder for temporary files. */
function startChaos(t: TestContext, ...args: string[]) {
	const temporary = mkdtempSync(join(tmpdir(), "hubbub-chaos-test-"));
	// The server keeps its compile cache there, which stays on purpose.
	const env = { ...process.env, TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: "1" };
	const child = spawn(process.execPath, [CHAOS, ...args], { env });
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (chunk) => {
			output += chunk;
		});
	const ended = once(child, "close").then(([code]) => ({ code, output }));
	t.after(async () => {
		child.kill("SIGTERM");
		await ended;
		rmSync(temporary, { recursive: true, force: true });
	});
	return { temporary, child, ended };
}

test("bad input ends with one sentence that says how to correct it, and exit code 2", async (t) => {
	for (const [args, sentence] of [
		[["--only", "kill8"], /takes control, kill9, .* there is no "kill8"/],
		[["--rounds", "0"], /--rounds is a whole number from 1/],
		[["--seed", ""], /--seed is a text of 1 to/],
		[["--fast"], /--fast.*--help/],
	] as const) {
		const { code, output } = await startChaos(t, ...args).ended;
		assert.equal(code, 2, output);
		assert.match(output, sentence);
		assert.equal(output.trim().split("\n").length, 1, output);
	}
});

test("--help and --list show every option and every fault", async (t) => {
	const help = await startChaos(t, "--help").ended;
	assert.equal(help.code, 0);
	for (const option of ["--only", "--rounds", "--quick", "--seed", "--report", "--list"])
		assert.ok(help.output.includes(option));
	const list = await startChaos(t, "--list").ended;
	assert.equal(list.code, 0);
	assert.match(list.output, /kill9.*disk-full.*redis.*everything/s);
});

test("Ctrl-C in the middle leaves no process, no mount and no file behind", async (t) => {
	const obstacle = noSmallDisk();
	if (obstacle !== undefined) return t.skip(obstacle);
	const { temporary, child, ended } = startChaos(t, "--only", "disk-full", "--rounds", "1000");
	const database = () => globSync("hubbub-chaos-*/disk/hubbub.db-wal", { cwd: temporary }).length > 0;
	while (!database()) await sleep(20);
	assert.ok(processesOf(temporary).length >= 2, "the command and its server run");
	child.kill("SIGINT");
	const { code, output } = await ended;
	assert.equal(code, 130, output);
	assert.deepEqual(readdirSync(temporary), []);
	assert.ok(!readFileSync("/proc/mounts", "utf8").includes(temporary));
	// A killed process disappears a moment later.
	while (processesOf(temporary).length > 0) await sleep(20);
});

/** Returns the processes whose temporary folder this is. */
function processesOf(temporary: string): string[] {
	return globSync("/proc/[0-9]*/environ").filter((file) => {
		try {
			return readFileSync(file, "utf8").includes(`TMPDIR=${temporary}`);
		} catch {
			return false;
		}
	});
}
