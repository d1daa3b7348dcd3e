import assert from "node:assert/strict";
import { test } from "node:test";
import { describeLocation, geoUrl, mapUrl } from "./location-link.ts";

const BERLIN = { latitude: 52.52, longitude: 13.405, accuracy: 11.2 };

test("a location links to a marker on the map", () => {
	assert.equal(
		mapUrl(BERLIN),
		"https://www.openstreetmap.org/?mlat=52.520000&mlon=13.405000#map=16/52.520000/13.405000",
	);
	assert.match(mapUrl({ ...BERLIN, accuracy: 1_000 }), /#map=13\//);
	assert.equal(geoUrl(BERLIN), "geo:52.520000,13.405000?q=52.520000,13.405000");
});

test("small numbers are written without an exponent", () => {
	assert.match(mapUrl({ latitude: 1e-7, longitude: -1e-9 }), /mlat=0\.000000&mlon=-0\.000000/);
});

test("a location is described by its degrees and accuracy", () => {
	assert.equal(describeLocation(BERLIN), "52.5200° N, 13.4050° E, ± 12 m");
	assert.equal(describeLocation({ latitude: -33.86, longitude: -70.6 }), "33.8600° S, 70.6000° W");
	assert.equal(describeLocation({ ...BERLIN, accuracy: 2_400 }), "52.52° N, 13.40° E, ± 3 km");
});
