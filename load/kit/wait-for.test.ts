import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { freePort } from "./free-port.ts";
import { becomesTrue, waitFor } from "./wait-for.ts";

test("a wait resolves with what came, and rejects with what did not", async () => {
	let polls = 0;
	assert.equal(await waitFor("the third poll", () => ++polls === 3 && "third", { pollMs: 1 }), "third");
	assert.equal(await waitFor("zero", () => 0), 0);
	await assert.rejects(
		waitFor("a miracle", () => undefined, { timeoutMs: 20, pollMs: 1 }),
		/Waited 0\.02 s for a miracle\./,
	);
	assert.equal(await becomesTrue(1_000, async () => ++polls === 6, 1), true);
	assert.equal(await becomesTrue(20, () => false, 1), false);
});

test("a free port can be listened on", async () => {
	const port = await freePort();
	const server = createServer();
	await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
	await new Promise((resolve) => server.close(resolve));
});
