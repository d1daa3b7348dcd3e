import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { Random } from "../../kit/random.ts";
import { FaultyProxy } from "./faulty-proxy.ts";

const SENT = Buffer.from(Array.from({ length: 2_000 }, (_, index) => `line ${index}\n`).join(""));

test("a faulty proxy delivers bytes in order and unchanged, and resets some connections", async (t) => {
	const echo = createServer((socket) => socket.pipe(socket).on("error", () => undefined));
	echo.listen(0, "127.0.0.1");
	await once(echo, "listening");
	const { port } = echo.address() as AddressInfo;
	using proxy = await FaultyProxy.open(`http://127.0.0.1:${port}`, new Random("network"));
	t.after(() => echo.close());
	proxy.isFaulty = true;

	const answers = await Promise.all(Array.from({ length: 30 }, () => sendThrough(Number(new URL(proxy.url).port))));
	for (const { received } of answers) assert.deepEqual(received, SENT.subarray(0, received.length));
	const whole = answers.filter(({ received }) => received.length === SENT.length).length;
	assert.ok(whole > 0 && whole < answers.length, `${whole} of ${answers.length} connections delivered everything`);
	assert.equal(proxy.resets, answers.length - whole);
});

/** Returns what came back until all of it had, or until the connection was reset. */
async function sendThrough(port: number): Promise<{ received: Buffer }> {
	const chunks: Buffer[] = [];
	const socket = connect(port, "127.0.0.1");
	const closed = new Promise((resolve) => socket.once("close", resolve));
	socket.on("error", () => undefined);
	socket.on("data", (chunk: Buffer) => {
		chunks.push(chunk);
		if (Buffer.concat(chunks).length === SENT.length) socket.end();
	});
	for (let from = 0; from < SENT.length; from += 100) socket.write(SENT.subarray(from, from + 100));
	await closed;
	return { received: Buffer.concat(chunks) };
}
