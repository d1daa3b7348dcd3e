import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises } from "../../testing/domain.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { PacedContent, UploadEnded } from "./paced.ts";

/** An upload whose chunks the test sends. */
function openUpload() {
	const clock = new ManualClock();
	let controller!: ReadableStreamDefaultController<Uint8Array>;
	const stream = new ReadableStream<Uint8Array>({
		start(opened) {
			controller = opened;
		},
	});
	const content = new PacedContent(stream as unknown as AsyncIterable<Uint8Array>, clock);
	const received = (async () => {
		let bytes = 0;
		for await (const chunk of content) bytes += chunk.length;
		return bytes;
	})();
	received.catch(() => undefined);
	async function send(bytes: number, afterMs = 0): Promise<void> {
		clock.advance(afterMs);
		controller.enqueue(new Uint8Array(bytes));
		await flushPromises();
	}
	return {
		clock,
		content,
		received,
		send,
		end: () => controller.close(),
		break: () => controller.error(new Error("reset")),
	};
}

test("F2 an upload of any pace above the slowest one is complete", async () => {
	const upload = openUpload();
	for (let second = 0; second < 100; second++) await upload.send(5_000, 1_000);
	upload.end();
	assert.equal(await upload.received, 500_000);
	assert.equal(upload.content.received, 500_000);
});

test("F2 an upload that sends nothing for 15 seconds ends", async () => {
	const upload = openUpload();
	await upload.send(1_000_000);
	await upload.send(1, 14_999);
	upload.clock.advance(15_000);
	await assert.rejects(upload.received, UploadEnded);
	assert.equal(upload.content.received, 1_000_001);
});

test("F2 an upload that sends a byte now and then ends, and so does one that takes for ever", async () => {
	const drip = openUpload();
	for (let at = 0; at < 3; at++) await drip.send(1, 9_000);
	drip.clock.advance(9_000);
	await assert.rejects(drip.received, /The upload was too slow/);
	const endless = openUpload();
	for (let second = 0; second < 90; second++) await endless.send(100_000, 10_000);
	await assert.rejects(endless.received, /The upload was too slow/);
});

test("F2 an upload that breaks off rejects", async () => {
	const upload = openUpload();
	await upload.send(10);
	upload.break();
	await assert.rejects(upload.received, /The upload broke off/);
});
