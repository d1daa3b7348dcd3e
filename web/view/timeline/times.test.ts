import assert from "node:assert/strict";
import { test } from "node:test";
import { createTimes } from "./times.ts";

const NOW = Date.UTC(2026, 10, 21, 14, 3, 7);
const times = createTimes("en-GB", "Europe/Berlin");

/** Versions of the locale data differ in commas. */
const plain = (text: string) => text.replaceAll(",", "");

test("a time is short, and exact for whoever asks", () => {
	assert.equal(times.short(NOW), "15:03");
	assert.equal(plain(times.exact(NOW)), "Saturday 21 November 2026 at 15:03:07");
});

test("times are in the reader's locale and zone", () => {
	const american = createTimes("en-US", "America/New_York");
	assert.equal(american.short(NOW).replace(/\s/u, " "), "09:03 AM");
	assert.equal(createTimes("de-DE", "Asia/Tokyo").short(NOW), "23:03");
});

test("today and yesterday have names, other days a weekday, other years their number", () => {
	assert.equal(times.day(NOW, NOW), "Today");
	assert.equal(times.day(Date.UTC(2026, 10, 20, 1), NOW), "Yesterday");
	assert.equal(plain(times.day(Date.UTC(2026, 10, 16, 12), NOW)), "Monday 16 November");
	assert.equal(plain(times.day(Date.UTC(2025, 10, 16, 12), NOW)), "Sunday 16 November 2025");
});

test("a day ends at the reader's midnight", () => {
	assert.equal(times.dayKey(Date.UTC(2026, 10, 20, 23, 30)), "2026-11-21");
	assert.equal(times.day(Date.UTC(2026, 10, 20, 23, 30), NOW), "Today");
	assert.equal(createTimes("en-GB", "UTC").day(Date.UTC(2026, 10, 20, 23, 30), NOW), "Yesterday");
});

test("the day before a change of clocks is still yesterday", () => {
	const afterChange = Date.UTC(2026, 9, 25, 22, 30);
	assert.equal(times.day(Date.UTC(2026, 9, 23, 23), afterChange), "Yesterday");
	assert.equal(plain(times.day(Date.UTC(2026, 9, 23, 21), afterChange)), "Friday 23 October");
});
