/** What is shown of a message's state, and what is copied of a message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";
import { openSender } from "./sender.ts";

test("the state of a message is shown only while it is sent for longer than a second", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.send("quick");
	await ada.hasStored(1);
	assert.equal(await ada.timeline.locator(".sending").count(), 0, "none once it is stored");
	await ada.context.setOffline(true);
	await ada.send("slow");
	const mark = ada.timeline.locator(".sending");
	await mark.waitFor({ state: "attached" });
	const opacity = () => mark.evaluate((element) => getComputedStyle(element).opacity);
	assert.equal(await opacity(), "0");
	await ada.page.waitForFunction(() => getComputedStyle(document.querySelector(".sending")!).opacity === "1");
});

test("several messages are copied with their names and times, one as its text alone", async (t) => {
	const chat = await openBrowserTest(t);
	const permissions = ["clipboard-read", "clipboard-write"];
	const ada = await chat.join("Ada", "kitchen", { permissions });
	const bob = await chat.join("Bob", "kitchen");
	await bob.send("one");
	await ada.sees("one");
	await ada.send("two");
	await ada.send("three");
	await ada.hasStored(2);
	await ada.page.evaluate(() => {
		const messages = document.querySelectorAll(".message");
		getSelection()!.setBaseAndExtent(messages[0]!, 0, messages[2]!, messages[2]!.childNodes.length);
	});
	const copy = async () => {
		await ada.page.keyboard.press("ControlOrMeta+c");
		const copied = await ada.page.evaluate(() => navigator.clipboard.readText());
		return copied
			.replace(/\d\d:\d\d/g, "00:00")
			.split(/\n+/)
			.filter(Boolean);
	};
	assert.deepEqual(await copy(), ["Bob, 00:00", "one", "Ada, 00:00", "two", "Ada, 00:00", "three"]);
	await ada.page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector(".message")!));
	assert.deepEqual(await copy(), ["one"]);
});

test("unread rooms have a dot and bold type, not a number", async (t) => {
	const chat = await openBrowserTest(t);
	const bob = await chat.join("Bob", "kitchen");
	const ada = await chat.join("Ada", "kitchen");
	await ada.page.goto(`${chat.server.url}/r/garden`);
	const kitchen = ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: /^kitchen/ });
	await kitchen.waitFor();
	const width = () => kitchen.evaluate((button) => getComputedStyle(button, "::after").width);
	assert.equal(await width(), "auto");
	await bob.send("one");
	await ada.page.getByRole("button", { name: "kitchen 1 unread message" }).waitFor();
	assert.equal(await width(), "8px");
});

test("a long name leaves room for the settings, and stacked accents stay inside their message", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Maximiliane Oberhuber-Lindenthal", "kitchen");
	const button = await ada.page.getByRole("button", { name: "Settings" }).boundingBox();
	const rooms = await ada.page.locator(".side--rooms").boundingBox();
	assert.ok(button!.x + button!.width <= rooms!.x + rooms!.width, "the button is inside the list of rooms");

	await ada.send(`e${"\u0301".repeat(240)}`);
	await ada.hasStored(1);
	const clip = await ada.bodies.first().evaluate((text) => getComputedStyle(text).overflow);
	assert.equal(clip, "clip");
});

test("all messages are printed, dark on white", async (t) => {
	const chat = await openBrowserTest(t);
	const sender = await openSender(chat.server.url, "kitchen");
	await sender.send(1, 65);
	const ada = await chat.join("Ada", "kitchen", { colorScheme: "dark" });
	await ada.sees("message 65");
	await ada.page.waitForFunction(() => document.querySelectorAll(".text").length >= 50);
	await ada.page.emulateMedia({ media: "print" });
	const { rows, paper, ink, ground } = await ada.page.evaluate(() => {
		const style = getComputedStyle(document.documentElement);
		return {
			rows: document.querySelector(".rows")!.getBoundingClientRect().height,
			paper: document.documentElement.scrollHeight,
			ink: getComputedStyle(document.body).color,
			ground: style.backgroundColor,
		};
	});
	assert.ok(paper >= rows, `${paper} px of paper for ${rows} px of messages`);
	assert.equal(ground, "rgb(255, 255, 255)");
	const [lightness] = /[\d.]+/.exec(ink)!;
	assert.ok(Number(lightness) < 0.5, `dark: ${ink}`);
});
