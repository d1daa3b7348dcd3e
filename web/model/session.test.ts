import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import { openTestChat } from "./testing/test-chat.ts";
import { newTestBrowser, openTestPage } from "./testing/test-page.ts";

test("S3 signing out removes the rooms; a session that ends elsewhere has a reason", async (t) => {
	const { server, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	assert.equal(await page.chat.session.signOut(), undefined);
	assert.equal(page.chat.session.state.value, "signedOut");
	assert.deepEqual(page.chat.rooms.joined.value, []);
	const browser = newTestBrowser();
	const other = openTestPage(t, server.url, browser);
	await other.enter("ada", "lobby");
	await fetch(`${server.url}/api/session`, { method: "DELETE", headers: browser.headers });
	await waitFor("signed out", () => other.chat.session.state.value === "signedOut");
	assert.equal(other.chat.session.problem.value?.code, "unauthorized");
	assert.equal(other.chat.session.lastName.value, "ada");
});

test("signing in under another name in one tab applies to the other tabs, and nothing is sent under the old name", async (t) => {
	const { server, tunnel } = await openTestChat(t);
	const browser = newTestBrowser();
	const old = openTestPage(t, tunnel.url, browser);
	await old.enter("ada", "lobby");
	tunnel.setOpen(false);
	tunnel.cut();
	await waitFor("the connection is lost", () => old.chat.connection.status.value === "lost");
	old.send("as ada");
	const other = openTestPage(t, server.url, browser);
	await other.enter("grace", "lobby");
	tunnel.setOpen(true);
	old.chat.connection.retry();
	await waitFor("grace in both tabs", () => old.chat.session.user.value?.name === "grace");
	await waitFor("in the room", () => old.chat.rooms.current.value?.state.value.phase === "live");
	other.send("as grace");
	const textsOf = (name: string) =>
		old.messages().flatMap(({ author, content }) => (author.name === name ? [content.body] : []));
	await waitFor("the message of grace from the other tab", () => textsOf("grace").length > 0);
	assert.deepEqual(textsOf("grace"), ["as grace"]);
});
