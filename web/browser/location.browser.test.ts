import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const BERLIN = { latitude: 52.52, longitude: 13.405, accuracy: 12 };

test("a location that the user allows is shared as a link with its time", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { permissions: ["geolocation"], geolocation: BERLIN });
	const bob = await chat.join("Bob", "kitchen");
	await ada.addLocation();
	await ada.page.getByLabel("Precision").selectOption("exact");
	assert.equal(await bob.timeline.getByRole("link").count(), 0, "nothing is sent before Send");
	await ada.page.getByRole("button", { name: "Send" }).click();

	for (const user of [ada, bob]) {
		const link = user.timeline.getByRole("link", { name: "Location on the map" });
		await link.waitFor();
		assert.match(
			(await link.getAttribute("href")) ?? "",
			/^https:\/\/www\.openstreetmap\.org\/\?mlat=52\.52\d*&mlon=13\.405/,
		);
		assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
		const time = user.timeline
			.getByRole("article")
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
	await ada.addLocation();
	await ada.page
		.getByRole("alert")
		.filter({ hasText: /location/i })
		.waitFor();
	assert.equal(await ada.timeline.getByRole("link").count(), 0);
	await ada.send("I am at the station");
	await ada.hasStored(1);
});

test("a location is about one kilometre exact by default, and can be removed before it is sent", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen", { permissions: ["geolocation"], geolocation: BERLIN });
	const bob = await chat.join("Bob", "kitchen");
	await ada.addLocation();
	await ada.page.getByText("52.52° N, 13.41° E").waitFor();
	await ada.page.getByRole("button", { name: "Remove the location" }).click();
	await ada.send("no location");
	await bob.seesExactly(["no location"]);
	assert.equal(await bob.timeline.getByRole("link").count(), 0);

	await ada.addLocation();
	await ada.page.getByLabel("Precision").waitFor();
	await ada.send("I am here");
	await bob.sees("I am here");
	const link = bob.timeline.getByRole("link", { name: "Location on the map" });
	assert.match((await link.getAttribute("href")) ?? "", /mlat=52\.520000&mlon=13\.4\d{5}#map=13/);
	await bob.timeline.getByText("52.52° N, 13.41° E, ± 1 km").waitFor();
	await bob.seesExactly(["no location", "I am here"]);
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
