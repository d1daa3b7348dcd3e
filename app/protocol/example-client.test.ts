import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../testing/harness.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [, client = ""] =
	/```js\n([\s\S]*?)```/.exec(readFileSync(new URL("PROTOCOL.md", import.meta.url), "utf8")) ?? [];

test("the client at the head of PROTOCOL.md signs in, joins, sends, and resumes after its connection dropped", async (t) => {
	const server = await startServer(t);
	const command = process.versions.deno ? ["eval", client] : ["--input-type=module", "--eval", client];
	const program = spawn(process.execPath, command, { cwd: root, env: { ...process.env, CHAT_URL: server.url } });
	t.after(() => program.kill("SIGKILL"));
	let output = "";
	for (const stream of [program.stdout, program.stderr]) stream.on("data", (chunk) => (output += chunk));
	const printed = async (expected: string) => {
		while (output !== expected && program.exitCode === null)
			await Promise.race([once(program.stdout, "data"), once(program.stderr, "data"), once(program, "exit")]);
		assert.equal(output, expected);
	};

	await printed("Stored as entry 1\nAda: Hello\n");
	for (const { conn } of server.io.sockets.sockets.values()) conn.close();
	await printed("Stored as entry 1\nAda: Hello\nStored as entry 1\n");
});
