/** What the policy of the page forbids, tried by somebody who can already put things into the document. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { setStage } from "./stage.ts";

/** Another site: whatever it is asked for, it answers with this, and keeps account. */
async function openElsewhere(t: TestContext, type: string, body: string) {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? "");
		response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("an injected script does not run, whichever way it comes in", async (t) => {
	const stage = await setStage(t);
	const elsewhere = await openElsewhere(t, "text/javascript", "window.broken = true");
	const { page } = await stage.enter("Ada", "kitchen");
	const fates = await page.evaluate(async (url) => {
		// What the debugger calls may use eval; what a timer calls may not.
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
			// biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
			eval: () => window.eval("window.broken = true"),
			"a function of text": () => new Function("window.broken = true")(),
			"a worker": () => new Worker(`${url}/evil.js`),
		};
		const fates: Record<string, string> = {};
		for (const [way, run] of Object.entries(ways)) {
			try {
				run();
				fates[way] = "was let through";
			} catch (error) {
				fates[way] = (error as Error).name;
			}
		}
		return fates;
	}, elsewhere.url);
	for (const [way, fate] of Object.entries(fates)) assert.match(fate, /^(TypeError|EvalError|SecurityError)$/, way);
	assert.equal(await page.evaluate(() => "broken" in window), false);
	assert.deepEqual(elsewhere.asked, []);
});

test("what is no string, and a link's address, do not run either", async (t) => {
	const stage = await setStage(t);
	const { page } = await stage.enter("Ada", "kitchen");
	const blocked = await page.evaluate(async () => {
		const told: string[] = [];
		document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => told.push(effectiveDirective));
		const link = document.createElement("a");
		link.href = "javascript:window.broken = true";
		document.body.append(link);
		link.click();
		const script = document.createElement("script");
		script.append(document.createTextNode("window.broken = true"));
		document.head.append(script);
		await new Promise((resolve) => setTimeout(resolve, 100));
		return told;
	});
	assert.equal(await page.evaluate(() => "broken" in window), false);
	assert.ok(blocked.length >= 2, `${blocked}`);
});

test("nothing of the page reaches another site, and no other site's page frames it", async (t) => {
	const stage = await setStage(t);
	const elsewhere = await openElsewhere(t, "text/html", "<p>elsewhere</p>");
	const { page } = await stage.enter("Ada", "kitchen");
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
				const line = new WebSocket(url.replace("http", "ws"));
				line.onerror = () => resolve(undefined);
				line.onopen = () => resolve("a WebSocket");
			} catch {
				resolve(undefined);
			}
		});
		const base = document.createElement("base");
		base.href = url;
		document.head.append(base);
		return [await shown, fetched, await socket, document.baseURI.startsWith(url) ? "a base" : undefined];
	}, elsewhere.url);
	assert.deepEqual(reached, [undefined, undefined, undefined, undefined]);
	assert.deepEqual(elsewhere.asked, []);

	const framing = await openElsewhere(t, "text/html", `<iframe src="${stage.server.url}/"></iframe>`);
	const other = await page.context().newPage();
	await other.goto(framing.url);
	// The page's load waited for the frame's, which ended at the browser's own page about what it may not show.
	const [, frame] = other.frames();
	assert.equal(frame?.url(), "chrome-error://chromewebdata/");
});
