import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { LocalServer } from "./run/local-server.ts";
import { LoadRun } from "./testing/load-run.ts";

/** What the harness says to these arguments, if it refuses them as it should: with 2 and without a trace. */
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

test("a target that does not answer", async () => {
	const closed = await LocalServer.start();
	await closed.stop();
	assert.match(await refusal(["--target", closed.url]), /does not answer: nobody listens there/);
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
	const server = await LocalServer.start();
	try {
		assert.match(await refusal(["--target", server.url]), /Give its LOAD_TOKEN/);
		assert.match(
			await refusal(["--target", server.url], { LOAD_TOKEN: "a wrong one" }),
			/does not take this LOAD_TOKEN/,
		);
	} finally {
		await server.stop();
	}
});

test("a folder for the report that is a file", async () => {
	assert.match(await refusal(["--report", import.meta.filename]), /give a folder that can be written/);
});

test("an older report and a certificate that are none", async () => {
	assert.match(await refusal(["--compare", import.meta.filename]), /can't be read as JSON/);
	assert.match(await refusal(["--ca", import.meta.filename]), /not a certificate/);
});
