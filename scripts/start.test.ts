import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { root } from "./root.ts";

type Started = { child: ChildProcess; lines: string[]; ended: Promise<number | null> };

function npmStart(t: TestContext, env: Record<string, string>): Started {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-start-"));
	const settings = { PORT: "0", HOST: "127.0.0.1", DATABASE_PATH: join(folder, "hubbub.db"), ...env };
	const child = spawn("npm", ["start"], {
		cwd: root,
		env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...settings },
		shell: process.platform === "win32",
		stdio: ["ignore", "pipe", "pipe"],
	});
	const lines: string[] = [];
	for (const input of [child.stdout, child.stderr]) {
		createInterface({ input }).on("line", (line) => lines.push(line));
	}
	const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
	t.after(async () => {
		child.kill();
		await ended;
		rmSync(folder, { recursive: true, force: true });
	});
	return { child, lines, ended };
}

/** Returns the first line that contains `text`. Fails if the process exits without one. */
async function lineWith({ child, lines, ended }: Started, text: string): Promise<string> {
	for (;;) {
		const line = lines.find((one) => one.includes(text));
		if (line !== undefined) return line;
		const next = new Promise((resolve) => {
			child.stdout?.once("data", resolve);
			child.stderr?.once("data", resolve);
		});
		const over = await Promise.race([next, ended.then(() => "over")]);
		if (over === "over" && !lines.some((one) => one.includes(text))) assert.fail(lines.join("\n"));
	}
}

test("npm start serves the page; SIGTERM to npm drains the server, with exit code 0", async (t) => {
	const started = npmStart(t, {});
	const { port } = JSON.parse(await lineWith(started, '"listening"'));

	const page = await fetch(`http://127.0.0.1:${port}/`);
	assert.match(await page.text(), /<script type="module" src="\/assets\/main-[A-Z0-9]{8}\.js">/);
	assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
	const { claim } = JSON.parse(started.lines.find((line) => line.includes('"claim"')) ?? "{}");
	assert.match(claim, new RegExp(`^http://127.0.0.1:${port}/claim#[\\w-]{22}$`));

	started.child.kill("SIGTERM");
	assert.equal(await started.ended, 0, started.lines.join("\n"));
	assert.ok(started.lines.some((line) => line.includes('"ended"')));
});

test("a port in use is reported in one sentence with the variable, with exit code 1", async (t) => {
	const other = createServer().listen(0, "127.0.0.1");
	t.after(() => other.close());
	await new Promise((resolve) => other.once("listening", resolve));
	const { port } = other.address() as AddressInfo;

	const { ended, lines } = npmStart(t, { PORT: String(port) });
	assert.equal(await ended, 1);
	assert.ok(
		lines.some((line) => line.includes(`PORT ${port}`)),
		lines.join("\n"),
	);
});

test("an invalid variable is reported in one sentence with its name, with exit code 1", async (t) => {
	const { ended, lines } = npmStart(t, { LIMIT_BODY_CHARS: "many" });
	assert.equal(await ended, 1);
	assert.ok(
		lines.some((line) => line.startsWith('LIMIT_BODY_CHARS is "many", but it must be')),
		lines.join("\n"),
	);
});
