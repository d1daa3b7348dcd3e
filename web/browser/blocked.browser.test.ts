import assert from "node:assert/strict";
import { test } from "node:test";
import { openBlockingProxy } from "./blocking-proxy.ts";
import { openBrowserTest } from "./browser-test.ts";

test("where IndexedDB is missing, can't be read or can't be opened, the page works and keeps nothing", async (t) => {
	const chat = await openBrowserTest(t);
	for (const [index, how] of ["missing", "unreadable", "unopenable"].entries()) {
		const user = await chat.newUser(`Ada ${index}`);
		await user.page.addInitScript((broken) => {
			const deny = () => {
				throw new DOMException("denied", "SecurityError");
			};
			if (broken === "missing") Object.defineProperty(window, "indexedDB", { value: undefined });
			else if (broken === "unreadable") Object.defineProperty(window, "indexedDB", { get: deny });
			else IDBFactory.prototype.open = deny;
		}, how);
		await user.join(chat.server.url, "kitchen");
		await user.send("hello");
		await user.hasStored(1);
		assert.deepEqual(user.errors, [], how);
	}
});

test("behind a proxy that accepts WebSockets and passes nothing on, users connect by polling, and the next page at once", async (t) => {
	const chat = await openBrowserTest(t);
	const proxy = await openBlockingProxy(chat.server.url, { isSilent: true });
	t.after(() => proxy.close());
	const ada = await chat.newUser("Ada");
	await ada.join(proxy.url, "kitchen");
	await ada.send("hello");
	await ada.hasStored(1);
	assert.ok(proxy.refusedUpgrades > 0, "a WebSocket was tried");
	const order: string[] = [];
	ada.page.on("request", (request) => {
		if (request.url().includes("transport=polling")) order.push("polling");
	});
	ada.page.on("websocket", () => order.push("websocket"));
	await ada.page.reload();
	await ada.sees("hello");
	assert.equal(order[0], "polling");
});
