import assert from "node:assert/strict";
import { test } from "node:test";
import { setStage } from "./stage.ts";

const BERLIN = { latitude: 52.52, longitude: 13.405, accuracy: 12 };

test("a location that the person allows is shared as a link with its time", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.enter("Ada", "kitchen", { permissions: ["geolocation"], geolocation: BERLIN });
	const bob = await stage.enter("Bob", "kitchen");
	await ada.page.getByRole("button", { name: "Share my location" }).click();

	for (const person of [ada, bob]) {
		const link = person.timeline.getByRole("link", { name: "Location on the map" });
		await link.waitFor();
		assert.match(
			(await link.getAttribute("href")) ?? "",
			/^https:\/\/www\.openstreetmap\.org\/\?mlat=52\.52\d*&mlon=13\.405/,
		);
		assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
		const time = person.timeline
			.getByRole("listitem")
			.filter({ has: person.page.getByRole("link") })
			.locator("time")
			.first();
		assert.ok(!Number.isNaN(Date.parse((await time.getAttribute("datetime")) ?? "")));
	}
	await ada.hasStored(1);
});

test("a location that the person denies is not shared, and a sentence says what to do", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.enter("Ada", "kitchen", { permissions: [] });
	const share = ada.page.getByRole("button", { name: "Share my location" });
	await share.click();
	await ada.page
		.getByRole("alert")
		.filter({ hasText: /location/i })
		.waitFor();
	assert.equal(await ada.timeline.getByRole("link").count(), 0);
	await share.waitFor();
	await ada.say("I am at the station");
	await ada.hasStored(1);
});

test("nobody is asked for a permission before they ask for the feature", async (t) => {
	const stage = await setStage(t);
	const ada = await stage.arrive("Ada");
	await ada.page.addInitScript(() => {
		const asked: string[] = [];
		Object.assign(window, { asked });
		for (const name of ["getCurrentPosition", "watchPosition"] as const) {
			navigator.geolocation[name] = () => asked.push(name) as never;
		}
		Notification.requestPermission = async () => {
			asked.push("notifications");
			return "denied";
		};
	});
	await ada.enter(stage.server.url, "kitchen");
	await ada.say("hello");
	await ada.hasStored(1);
	assert.deepEqual(await ada.page.evaluate(() => (window as unknown as { asked: string[] }).asked), []);
});
