import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { testHttp } from "../../testing/http-app.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { healthRoutes } from "./health.ts";

testHttp("a server with a writable store is ready and reports its build", async (open) => {
	const app = await open();
	for (const path of ["/readyz", "/healthz"]) {
		const response = await app.request(path);
		assert.equal(response.status, 200);
		assert.deepEqual(await response.json(), { status: "ready", build: "build-1" });
		assert.equal(response.headers.get("cache-control"), "no-store");
	}
	assert.equal((await app.request("/readyz", { method: "HEAD" })).status, 200);
});

testHttp("a draining server is alive and not ready", async (open) => {
	const app = await open({ deps: { isDraining: () => true } });
	const response = await app.request("/readyz");
	assert.equal(response.status, 503);
	assert.equal((await response.json()).status, "draining");
	const alive = await app.request("/livez");
	assert.deepEqual([alive.status, (await alive.json()).status], [200, "alive"]);
});

testHttp("a closed store makes the server not ready, with a reason that reveals no secrets", async (open) => {
	const app = await open({ deps: { ping: () => Promise.reject(new StoreUnavailable("/data/hubbub.db is full")) } });
	const response = await app.request("/healthz");
	assert.equal(response.status, 503);
	assert.deepEqual(await response.json(), {
		status: "unavailable",
		build: "build-1",
		reason: "The store can't be written right now.",
	});
	assert.equal((await app.request("/livez")).status, 200);
});

/** The health routes alone, with a clock that the test advances. */
function setUp(ping: () => Promise<void>, isStoreFailing = () => false) {
	const clock = new ManualClock();
	const answers = healthRoutes({ build: "build-1", ping, isStoreFailing, isDraining: () => false, clock });
	return { clock, statusOf: async (path: string) => (await answers(path))?.status };
}

test("a server whose last commit failed is not ready, whatever a ping found, also one that is a second old", async () => {
	let isFailing = false;
	const { statusOf } = setUp(
		async () => {},
		() => isFailing,
	);
	assert.equal(await statusOf("/readyz"), 200);
	isFailing = true;
	assert.equal(await statusOf("/readyz"), 503);
	isFailing = false;
	assert.equal(await statusOf("/readyz"), 200);
});

test("the store is pinged at most once a second", async () => {
	let pings = 0;
	let answer = async () => {};
	const { clock, statusOf } = setUp(() => {
		pings++;
		return answer();
	});
	assert.deepEqual(
		await Promise.all([statusOf("/readyz"), statusOf("/healthz"), statusOf("/readyz")]),
		[200, 200, 200],
	);
	answer = () => Promise.reject(new StoreUnavailable("disk full"));
	assert.equal(await statusOf("/readyz"), 200);
	assert.equal(pings, 1);
	clock.advance(1_000);
	assert.equal(await statusOf("/readyz"), 503);
	assert.equal(pings, 2);
});

test("a store that does not respond is unavailable", async () => {
	const { clock, statusOf } = setUp(() => new Promise(() => {}));
	const status = statusOf("/readyz");
	while (clock.pending === 0) await Promise.resolve();
	clock.advance(3_000);
	assert.equal(await status, 503);
});

test("a store that responds leaves no timer behind", async () => {
	const { clock, statusOf } = setUp(async () => {});
	assert.equal(await statusOf("/readyz"), 200);
	await Promise.resolve();
	assert.equal(clock.pending, 0);
});
