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
	const count = (line: string) => output.split("\n").filter((printed) => printed === line).length;
	/** The ack and the broadcast may arrive in one read: then "Ada: Hello" may be printed first. */
	const acknowledged = async (times: number) => {
		while ((count("Stored as entry 1") < times || count("Ada: Hello") === 0) && program.exitCode === null)
			await Promise.race([once(program.stdout, "data"), once(program.stderr, "data"), once(program, "exit")]);
		assert.ok(count("Stored as entry 1") >= times, output);
		assert.equal(count("Ada: Hello"), 1, output);
	};

	await acknowledged(1);
	for (const { conn } of server.io.sockets.sockets.values()) conn.close();
	await acknowledged(2);
});
