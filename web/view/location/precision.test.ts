import assert from "node:assert/strict";
import { test } from "node:test";
import { withPrecision } from "./precision.ts";

const BERLIN = { latitude: 52.51873, longitude: 13.40812, accuracy: 12 };

test("about one kilometre hides where on the grid the user is", () => {
	const about = withPrecision(BERLIN, "about");
	assert.equal(about.latitude, 52.52);
	assert.equal(about.accuracy, 1_000);
	assert.deepEqual(withPrecision({ ...BERLIN, latitude: 52.5221, longitude: 13.4101 }, "about"), about);
	const metres = Math.abs(about.longitude - BERLIN.longitude) * 111_320 * Math.cos((BERLIN.latitude * Math.PI) / 180);
	assert.ok(metres <= 560, `${metres} m`);
});

test("an inexact position stays as inexact, and an exact one is unchanged on request", () => {
	assert.equal(withPrecision({ ...BERLIN, accuracy: 5_200.4 }, "about").accuracy, 5_200);
	assert.equal(withPrecision({ latitude: 1, longitude: 2 }, "about").accuracy, 1_000);
	assert.deepEqual(withPrecision(BERLIN, "exact"), BERLIN);
});

test("the poles and the date line stay within bounds", () => {
	for (const latitude of [-90, 89.999, 90]) {
		for (const longitude of [-180, 179.9999, 180]) {
			const about = withPrecision({ latitude, longitude }, "about");
			assert.ok(Math.abs(about.latitude) <= 90 && Math.abs(about.longitude) <= 180, JSON.stringify(about));
		}
	}
});
