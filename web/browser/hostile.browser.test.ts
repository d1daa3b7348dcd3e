import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

const BODIES = [
	"<script>window.broken = true</script>",
	"<img src=x onerror='window.broken = true'>",
	'"><svg onload="window.broken = true">',
	"javascript:window.broken=true",
	"[click](javascript:window.broken=true)",
	"<a href='javascript:window.broken=true'>click</a>",
	"data:text/html,<script>window.broken=true</script>",
	"{{constructor.constructor('window.broken = true')()}}",
	"</textarea><iframe srcdoc='<script>parent.broken=true</script>'>",
	'https://example.org/"onmouseover="window.broken=true',
	"__proto__",
	"\u202etxet desrever",
];

test("names, rooms and bodies that look like markup are shown as text", async (t) => {
	const chat = await openBrowserTest(t);
	const name = "<img src=x onerror=broken=1>";
	const room = "<script>broken=1</script>&lt;b&gt;";
	const eve = await chat.join(name, room);
	const ada = await chat.join("Ada", room);
	for (const body of BODIES) await eve.send(body);
	await ada.seesExactly(BODIES);
	await eve.hasStored(BODIES.length);

	for (const user of [ada, eve]) {
		await user.page.getByRole("heading", { name: room, level: 1 }).waitFor();
		await user.openPeople();
		await user.page.getByRole("complementary", { name: "People" }).getByText(name).waitFor();
		// A right-to-left name must not reorder the text beside it.
		const isolated = await user.page.evaluate(
			(names) =>
				[...document.querySelectorAll("#app *")]
					.filter((element) => element.childElementCount === 0 && names.includes(element.textContent ?? ""))
					.map((element) => element.closest("bdi") !== null),
			[name, room],
		);
		assert.ok(isolated.length > 2 && !isolated.includes(false), `${isolated}`);
		const found = await user.page.evaluate(() => ({
			broken: "broken" in window,
			foreign: document.querySelectorAll("#app :is(script, img, iframe, object, embed, style, form[action])").length,
			handlers: [...document.querySelectorAll("#app *")].filter((element) =>
				element.getAttributeNames().some((attribute) => attribute.startsWith("on")),
			).length,
			links: [...document.querySelectorAll<HTMLAnchorElement>(".text a")].map((link) => link.protocol),
		}));
		assert.deepEqual(found, { broken: false, foreign: 0, handlers: 0, links: ["https:"] });
		assert.deepEqual(user.errors, []);
	}
});

test("a link to a room with markup in its name fills in the field as text", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.newUser("Ada");
	await ada.page.goto(`${chat.server.url}/r/${encodeURIComponent('"><img src=x onerror=broken=1>')}`);
	assert.equal(await ada.page.getByLabel("Room").inputValue(), '"><img src=x onerror=broken=1>');
	assert.equal(await ada.page.evaluate(() => "broken" in window), false);
});

test("a message that is too long keeps its text and shows the excess", async (t) => {
	const chat = await openBrowserTest(t);
	const ada = await chat.join("Ada", "kitchen");
	await ada.composer.fill("x".repeat(4_003));
	await ada.page.getByText("3 characters too many").waitFor();
	assert.ok(await ada.page.getByRole("button", { name: "Send" }).isDisabled());
	await ada.composer.press("Enter");
	assert.equal((await ada.composer.inputValue()).length, 4_003);
	await ada.composer.fill("x".repeat(4_000));
	await ada.composer.press("Enter");
	await ada.hasStored(1);
});

test("a message that the server refuses stays with the reason, and can be sent again or discarded", async (t) => {
	const chat = await openBrowserTest(t, { LIMIT_BODY_CHARS: "10" });
	const ada = await chat.join("Ada", "kitchen");
	const bob = await chat.join("Bob", "kitchen");
	await ada.send("far too long for this server");
	const failed = ada.timeline.locator("[data-state=failed]");
	await failed.getByText("Not sent. A message is at most 10 characters long.").waitFor();
	await failed.getByRole("button", { name: "Try again" }).click();
	await failed.getByText("Not sent.").waitFor();
	await failed.getByRole("button", { name: "Discard" }).click();
	await failed.waitFor({ state: "detached" });
	await ada.send("short");
	await bob.seesExactly(["short"]);
});
