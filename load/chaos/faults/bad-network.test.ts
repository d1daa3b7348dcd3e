import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { Random } from "../schedule/random.ts";
import { BadNetwork } from "./bad-network.ts";

const SENT = Buffer.from(Array.from({ length: 2_000 }, (_, index) => `line ${index}\n`).join(""));

test("a bad network brings what it brings in order and unchanged, and breaks some lines", async (t) => {
	const echo = createServer((socket) => socket.pipe(socket).on("error", () => undefined));
	echo.listen(0, "127.0.0.1");
	await once(echo, "listening");
	using network = new BadNetwork(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`, new Random("network"));
	t.after(() => echo.close());
	const { port } = new URL(await network.listen());
	network.isBad = true;

	const answers = await Promise.all(Array.from({ length: 30 }, () => sendThrough(Number(port))));
	for (const { received } of answers) assert.deepEqual(received, SENT.subarray(0, received.length));
	const whole = answers.filter(({ received }) => received.length === SENT.length).length;
	assert.ok(whole > 0 && whole < answers.length, `${whole} of ${answers.length} lines brought everything`);
	assert.equal(network.resets, answers.length - whole);
});

/** What came back until everything had, or until the line broke. */
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
