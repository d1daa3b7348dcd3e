import assert from "node:assert/strict";
import { test } from "node:test";
import { createApiClient } from "./api-client.ts";
import { noteServerTime, serverNow } from "./server-clock.ts";

const YEAR_MS = 365 * 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 27);

/** Sets the device's clock, and lets the server answer a request at `at`. */
async function ask(device: number, at: number | undefined): Promise<void> {
	Date.now = () => device;
	const headers: HeadersInit = at === undefined ? {} : { date: new Date(at).toUTCString() };
	await createApiClient(async () => new Response(null, { status: 204, headers }), "")("GET", "/api/session");
}

test("the time is the server's where the device's clock is wrong, also after it is set, and the device's otherwise", async (t) => {
	const { now } = Date;
	const monotonic = t.mock.method(performance, "now", () => 5_000);
	t.after(() => {
		Date.now = now;
		noteServerTime(now());
	});
	for (const wrongBy of [-6 * YEAR_MS, YEAR_MS]) {
		await ask(NOW + wrongBy, NOW);
		assert.equal(serverNow(), NOW);
		monotonic.mock.mockImplementation(() => 15_000);
		assert.equal(serverNow(), NOW + 10_000);
		Date.now = () => NOW + 10_000;
		assert.equal(serverNow(), NOW + 10_000, "the clock was set right");
		monotonic.mock.mockImplementation(() => 5_000);
	}
	await ask(NOW + 20_000, NOW);
	assert.equal(serverNow(), NOW + 20_000, "a slow response is no wrong clock");
	await ask(NOW + YEAR_MS, undefined);
	assert.equal(serverNow(), NOW + YEAR_MS, "without a time of the server there is only the device's");
});
