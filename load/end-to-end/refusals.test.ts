import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { startOwnServer } from "../run/own-servers.ts";
import { LoadRun } from "../testing/load-run.ts";

/** Returns what the harness prints for these arguments; asserts that it exits with 2 and leaves no files. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
	using run = new LoadRun(args, { LOAD_TOKEN: "", ...env });
	const { code, output, result } = await run.ended;
	assert.equal(code, 2, output);
	assert.equal(result, undefined);
	assert.deepEqual(readdirSync(run.temporary), []);
	assert.doesNotMatch(output, /\n\s+at /, "a sentence, not a stack");
	return output;
}

test("an unknown profile", async () => {
	assert.match(await refusal(["--profile", "nonsense"]), /no profile "nonsense".*steady/);
});

test("a target that does not respond", async () => {
	const closed = await startOwnServer();
	await closed.stop();
	assert.match(await refusal(["--target", closed.url]), /does not respond: connection refused/);
	assert.match(await refusal(["--target", "http://nowhere.invalid"]), /nowhere\.invalid has no address/);
});

test("a target that is another program", async () => {
	const other = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
	try {
		await new Promise((resolve) => other.once("listening", resolve));
		const { port } = other.address() as AddressInfo;
		assert.match(await refusal(["--target", `http://127.0.0.1:${port}`]), /not this chat/);
	} finally {
		other.close();
	}
});

test("this chat, without its token or with another one", async () => {
	const server = await startOwnServer();
	try {
		assert.match(await refusal(["--target", server.url]), /Give its LOAD_TOKEN/);
		assert.match(
			await refusal(["--target", server.url], { LOAD_TOKEN: "a wrong one" }),
			/does not accept this LOAD_TOKEN/,
		);
	} finally {
		await server.stop();
	}
});

test("a report folder that is a file", async () => {
	assert.match(await refusal(["--report", import.meta.filename]), /give a writable folder/);
});

test("files that are no older report and no certificate", async () => {
	assert.match(await refusal(["--compare", import.meta.filename]), /can't be read as JSON/);
	assert.match(await refusal(["--ca", import.meta.filename]), /not a readable certificate/);
});
