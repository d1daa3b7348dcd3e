import assert from "node:assert/strict";
import { test } from "node:test";
import { createTimeFormat } from "./time-format.ts";

const NOW = Date.UTC(2026, 10, 21, 14, 3, 7);
const times = createTimeFormat("en-GB", "Europe/Berlin");

/** Removes commas, which differ between versions of the locale data. */
const plain = (text: string) => text.replaceAll(",", "");

test("short and exact times", () => {
	assert.equal(times.short(NOW), "15:03");
	assert.equal(plain(times.exact(NOW)), "Saturday 21 November 2026 at 15:03:07");
});

test("times use the locale and time zone", () => {
	const american = createTimeFormat("en-US", "America/New_York");
	assert.equal(american.short(NOW).replace(/\s/u, " "), "09:03 AM");
	assert.equal(createTimeFormat("de-DE", "Asia/Tokyo").short(NOW), "23:03");
});

test("today and yesterday have names, other days the weekday, other years the year", () => {
	assert.equal(times.day(NOW, NOW), "Today");
	assert.equal(times.day(Date.UTC(2026, 10, 20, 1), NOW), "Yesterday");
	assert.equal(plain(times.day(Date.UTC(2026, 10, 16, 12), NOW)), "Monday 16 November");
	assert.equal(plain(times.day(Date.UTC(2025, 10, 16, 12), NOW)), "Sunday 16 November 2025");
});

test("a day ends at midnight in the time zone", () => {
	assert.equal(times.dayKey(Date.UTC(2026, 10, 20, 23, 30)), "2026-11-21");
	assert.equal(times.day(Date.UTC(2026, 10, 20, 23, 30), NOW), "Today");
	assert.equal(createTimeFormat("en-GB", "UTC").day(Date.UTC(2026, 10, 20, 23, 30), NOW), "Yesterday");
});

test("yesterday is correct across a change of clocks", () => {
	const afterChange = Date.UTC(2026, 9, 25, 22, 30);
	assert.equal(times.day(Date.UTC(2026, 9, 23, 23), afterChange), "Yesterday");
	assert.equal(plain(times.day(Date.UTC(2026, 9, 23, 21), afterChange)), "Friday 23 October");
});
