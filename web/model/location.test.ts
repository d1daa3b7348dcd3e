import assert from "node:assert/strict";
import { test } from "node:test";
import { createLocate } from "./location.ts";

const coords = { latitude: 47.4, longitude: 8.5, accuracy: 12, altitude: 400 };

test("only latitude, longitude and accuracy of the position are returned", async () => {
	const locate = createLocate({
		getCurrentPosition: (found) => found({ coords } as unknown as GeolocationPosition),
	});
	assert.deepEqual(await locate(), { ok: true, data: { latitude: 47.4, longitude: 8.5, accuracy: 12 } });
});

test("each kind of failure has its own sentence", async () => {
	const sentences = new Set<string>();
	for (const code of [1, 2, 3]) {
		const locate = createLocate({
			getCurrentPosition: (_found, failed) => failed?.({ code } as GeolocationPositionError),
		});
		const located = await locate();
		assert.ok(!located.ok);
		sentences.add(located.error.message);
	}
	const without = await createLocate(undefined)();
	assert.ok(!without.ok);
	assert.equal(sentences.add(without.error.message).size, 4);
});
