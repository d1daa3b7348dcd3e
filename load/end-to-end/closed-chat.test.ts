import assert from "node:assert/strict";
import { test } from "node:test";
import { startOwnServer } from "../run/own-servers.ts";
import { load, SMALL_LOAD } from "../testing/load-run.ts";

test("O4 with its token the harness comes in where the chat is for members only", { timeout: 120_000 }, async (t) => {
	const server = await startOwnServer({ env: { ACCESS: "members" } });
	t.after(() => server.stop());
	const { code, output, result } = await load(["--target", server.url, ...SMALL_LOAD], {
		LOAD_TOKEN: server.loadToken,
	});
	assert.equal(code, 0, output);
	assert.equal(result?.accounting.delivered, 18 * 6, output);
	assert.deepEqual(result?.errors, {});
});
