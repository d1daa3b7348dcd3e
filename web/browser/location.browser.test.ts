import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const BERLIN = { latitude: 52.52, longitude: 13.405, accuracy: 12 };

test("a location that the user allows is shared as a link with its time", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { permissions: ["geolocation"], geolocation: BERLIN });
	const bob = await chat.join("Bob", "kitchen");
	await ada.page.getByRole("button", { name: "Share my location" }).click();

	for (const user of [ada, bob]) {
		const link = user.timeline.getByRole("link", { name: "Location on the map" });
		await link.waitFor();
		assert.match(
			(await link.getAttribute("href")) ?? "",
			/^https:\/\/www\.openstreetmap\.org\/\?mlat=52\.52\d*&mlon=13\.405/,
		);
		assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
		const time = user.timeline
			.getByRole("listitem")
			.filter({ has: user.page.getByRole("link") })
			.locator("time")
			.first();
		assert.ok(!Number.isNaN(Date.parse((await time.getAttribute("datetime")) ?? "")));
	}
	await ada.hasStored(1);
});

test("a location that the user denies is not shared, and an alert says what to do", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { permissions: [] });
	const share = ada.page.getByRole("button", { name: "Share my location" });
	await share.click();
	await ada.page
		.getByRole("alert")
		.filter({ hasText: /location/i })
		.waitFor();
	assert.equal(await ada.timeline.getByRole("link").count(), 0);
	await share.waitFor();
	await ada.send("I am at the station");
	await ada.hasStored(1);
});

test("no permission is requested before the feature is used", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada");
	await ada.page.addInitScript(() => {
		const requests: string[] = [];
		Object.assign(window, { requests });
		for (const name of ["getCurrentPosition", "watchPosition"] as const) {
			navigator.geolocation[name] = () => requests.push(name) as never;
		}
		Notification.requestPermission = async () => {
			requests.push("notifications");
			return "denied";
		};
	});
	await ada.join(chat.server.url, "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	assert.deepEqual(await ada.page.evaluate(() => (window as unknown as { requests: string[] }).requests), []);
});
