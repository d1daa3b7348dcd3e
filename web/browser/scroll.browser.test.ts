import assert from "node:assert/strict";
import { test } from "node:test";
import { TestClient } from "../../app/testing/client.ts";
import type { Person } from "./person.ts";
import { setStage } from "./stage.ts";

/** A program that talks: much faster than people. */
async function speaker(url: string, room: string): Promise<{ say(from: number, to: number): Promise<void> }> {
	const response = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ name: "Speaker" }),
	});
	const client = new TestClient(url, await response.json());
	await client.connected();
	await client.join(room);
	return {
		async say(from, to) {
			for (let n = from; n <= to; n++) await client.send(room, `message ${n}`);
		},
	};
}

function lineOf(person: Person, text: string) {
	return person.timeline.getByText(text, { exact: true });
}

/** Moves the timeline to its start and answers where the line is right then, before anything could be fetched. */
function scrollToStart(person: Person, text: string): Promise<number> {
	return person.timeline.evaluate((view, wanted) => {
		view.scrollTop = 0;
		const lines = [...view.querySelectorAll(".text")];
		return lines.find((line) => line.textContent === wanted)!.getBoundingClientRect().top;
	}, text);
}

function distanceToEnd(person: Person): Promise<number> {
	return person.timeline.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
}

test("the end is followed, but never under somebody who reads further up", async (t) => {
	const stage = await setStage(t);
	const room = await speaker(stage.server.url, "hall");
	await room.say(1, 40);
	const ada = await stage.enter("Ada", "hall");
	await ada.sees("message 40");
	assert.ok((await distanceToEnd(ada)) < 2, "a room opens at its end");

	await room.say(41, 42);
	await ada.sees("message 42");
	assert.ok((await distanceToEnd(ada)) < 2, "what is said at the end is followed");

	await ada.timeline.hover();
	await ada.page.mouse.wheel(0, -700);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor();
	const reading = await ada.timeline.evaluate((view) => view.scrollTop);
	await room.say(43, 45);
	const back = ada.page.getByRole("button", { name: "3 new" });
	await back.waitFor();
	assert.equal(await ada.timeline.evaluate((view) => view.scrollTop), reading, "who reads is left alone");

	await back.click();
	await lineOf(ada, "message 45").waitFor();
	await back.waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2);

	await ada.page.mouse.wheel(0, -700);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor();
	await ada.say("my own");
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2, "whoever writes sees it");
});

test("scrolling up loads history without a jump, and the page stays bounded", async (t) => {
	const stage = await setStage(t);
	const room = await speaker(stage.server.url, "archive");
	const total = 450;
	await room.say(1, total);
	const ada = await stage.enter("Ada", "archive");
	await ada.sees(`message ${total}`);

	const first = () => ada.bodies.first().innerText();
	while ((await first()) !== "message 1") {
		const oldest = await first();
		const before = await scrollToStart(ada, oldest);
		await ada.page.waitForFunction((known) => document.querySelector(".text")?.textContent !== known, oldest);
		const after = await lineOf(ada, oldest).evaluate((line) => line.getBoundingClientRect().top);
		assert.ok(Math.abs(after - before) < 2, `${oldest} stayed where it was: ${before} to ${after}`);
		assert.ok((await ada.bodies.count()) <= 300, "at most 300 messages are on the page");
	}
	assert.equal(await lineOf(ada, `message ${total}`).count(), 0, "the newest had to make room");

	await room.say(total + 1, total + 1);
	await ada.page.getByRole("button", { name: "Jump to latest" }).click();
	await ada.sees(`message ${total + 1}`);
	await ada.page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	assert.ok((await distanceToEnd(ada)) < 2);
	assert.ok((await ada.bodies.count()) <= 300);
});

test("history is not read out, what is said now is", async (t) => {
	const stage = await setStage(t);
	const room = await speaker(stage.server.url, "hall");
	await room.say(1, 120);
	const ada = await stage.arrive("Ada");
	await ada.page.addInitScript(() => {
		const drawn: { text: string; live: string | null }[] = [];
		Object.assign(window, { drawn });
		new MutationObserver((changes) => {
			for (const node of changes.flatMap((change) => [...change.addedNodes])) {
				if (!(node instanceof Element)) continue;
				for (const line of node.querySelectorAll(".text")) {
					const live = line.closest("[role=log]")?.getAttribute("aria-live") ?? null;
					drawn.push({ text: line.textContent, live });
				}
			}
		}).observe(document, { childList: true, subtree: true });
	});
	await ada.enter(stage.server.url, "hall");
	await ada.sees("message 120");
	await scrollToStart(ada, await ada.bodies.first().innerText());
	await ada.sees("message 50");
	await ada.page.locator("[role=log][aria-live=polite]").waitFor();
	await room.say(121, 121);
	await ada.sees("message 121");

	const drawn = await ada.page.evaluate(
		() => (window as unknown as { drawn: { text: string; live: string | null }[] }).drawn,
	);
	assert.deepEqual(
		drawn.filter(({ live }) => live === "polite").map(({ text }) => text),
		["message 121"],
	);
	assert.ok(drawn.length > 50);
});
