/** The page's Content Security Policy against scripts that can already change the document. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { openBrowserTest } from "./browser-test.ts";

/** Another origin. Returns this body for every request, and records the requests. */
async function openOtherSite(t: TestContext, type: string, body: string) {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		requests.push(request.url ?? "");
		response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

test("an injected script does not run, however it is added", async (t) => {
	const chat = await openBrowserTest(t);
	const otherSite = await openOtherSite(t, "text/javascript", "window.broken = true");
	const { page } = await chat.join("Ada", "kitchen");
	const results = await page.evaluate(async (url) => {
		// Code called by the debugger may use eval, code called by a timer may not.
		await new Promise((resolve) => setTimeout(resolve));
		const ways: Record<string, () => unknown> = {
			"markup with a handler": () => {
				document.body.innerHTML += "<img src=x onerror='window.broken = true'>";
			},
			"markup beside what is there": () => document.body.insertAdjacentHTML("beforeend", "<svg onload='broken=1'>"),
			"a document that is written": () => document.write("<script>window.broken = true</script>"),
			"a script's text": () => {
				const script = document.createElement("script");
				script.text = "window.broken = true";
				document.head.append(script);
			},
			"a script's address": () => {
				const script = document.createElement("script");
				script.src = `${url}/evil.js`;
				document.head.append(script);
			},
			"a script that is parsed": () => new DOMParser().parseFromString("<script>1</script>", "text/html"),
			"a frame with a document": () => {
				const frame = document.createElement("iframe");
				frame.srcdoc = "<script>parent.broken = true</script>";
				document.body.append(frame);
			},
			// biome-ignore lint/security/noGlobalEval: the test expects it to throw
			eval: () => window.eval("window.broken = true"),
			"a function of text": () => new Function("window.broken = true")(),
			"a worker": () => new Worker(`${url}/evil.js`),
		};
		const results: Record<string, string> = {};
		for (const [way, run] of Object.entries(ways)) {
			try {
				run();
				results[way] = "ran";
			} catch (error) {
				results[way] = (error as Error).name;
			}
		}
		return results;
	}, otherSite.url);
	for (const [way, result] of Object.entries(results))
		assert.match(result, /^(TypeError|EvalError|SecurityError)$/, way);
	assert.equal(await page.evaluate(() => "broken" in window), false);
	assert.deepEqual(otherSite.requests, []);
});

test("javascript: URLs and script elements with a text node do not run", async (t) => {
	const chat = await openBrowserTest(t);
	const { page } = await chat.join("Ada", "kitchen");
	const blocked = await page.evaluate(async () => {
		const violations: string[] = [];
		document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
			violations.push(effectiveDirective),
		);
		const link = document.createElement("a");
		link.href = "javascript:window.broken = true";
		document.body.append(link);
		link.click();
		const script = document.createElement("script");
		script.append(document.createTextNode("window.broken = true"));
		document.head.append(script);
		await new Promise((resolve) => setTimeout(resolve, 100));
		return violations;
	});
	assert.equal(await page.evaluate(() => "broken" in window), false);
	assert.ok(blocked.length >= 2, `${blocked}`);
});

test("the page cannot send anything to another origin, and no other origin can frame it", async (t) => {
	const chat = await openBrowserTest(t);
	const otherSite = await openOtherSite(t, "text/html", "<p>elsewhere</p>");
	const { page } = await chat.join("Ada", "kitchen");
	const reached = await page.evaluate(async (url) => {
		const image = new Image();
		const shown = new Promise((resolve) => {
			image.onload = () => resolve("an image");
			image.onerror = () => resolve(undefined);
		});
		image.src = `${url}/pixel.png`;
		const fetched = await fetch(`${url}/take`).then(
			() => "a request",
			() => undefined,
		);
		const socket = new Promise((resolve) => {
			try {
				const attempt = new WebSocket(url.replace("http", "ws"));
				attempt.onerror = () => resolve(undefined);
				attempt.onopen = () => resolve("a WebSocket");
			} catch {
				resolve(undefined);
			}
		});
		const base = document.createElement("base");
		base.href = url;
		document.head.append(base);
		return [await shown, fetched, await socket, document.baseURI.startsWith(url) ? "a base" : undefined];
	}, otherSite.url);
	assert.deepEqual(reached, [undefined, undefined, undefined, undefined]);
	assert.deepEqual(otherSite.requests, []);

	const framing = await openOtherSite(t, "text/html", `<iframe src="${chat.server.url}/"></iframe>`);
	const other = await page.context().newPage();
	await other.goto(framing.url);
	// The frame has loaded by now. A blocked one shows the browser's error page.
	const [, frame] = other.frames();
	assert.equal(frame?.url(), "chrome-error://chromewebdata/");
});
