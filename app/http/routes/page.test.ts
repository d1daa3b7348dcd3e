import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { request as ask } from "node:http";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { testHttp } from "../../testing/http-app.ts";
import type { PageFile } from "../deps.ts";

const HTML = "<!doctype html><title>Hubbub</title>";
const SCRIPT = "console.log('hubbub');".repeat(20);

function file(type: string, content: string, isCompressed = false): PageFile {
	const bytes = new TextEncoder().encode(content);
	const etag = `W/"${content.length}"`;
	return { type, etag, bytes, ...(isCompressed && { brotli: new Uint8Array(brotliCompressSync(bytes)) }) };
}

const pageFiles = {
	"/index.html": file("text/html; charset=utf-8", HTML),
	"/favicon.svg": file("image/svg+xml", "<svg/>"),
	"/assets/main-ABCDEFGH.js": file("text/javascript; charset=utf-8", SCRIPT, true),
};

testHttp("the page is one document, for / and for every room's link", async (open) => {
	const app = await open({ pageFiles });
	for (const path of ["/", "/r/lobby", "/r/a%2Fb", "/r/%E2%82%AC", "/r/__proto__", "/?from=mail"]) {
		const response = await app.request(path);
		assert.equal(response.status, 200, path);
		assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
		assert.equal(response.headers.get("cache-control"), "no-cache");
		assert.equal(await response.text(), HTML);
	}
});

testHttp("hashed files are cached as immutable, and the others are revalidated", async (open) => {
	const app = await open({ pageFiles });
	const script = await app.request("/assets/main-ABCDEFGH.js");
	assert.equal(script.headers.get("cache-control"), "public, max-age=31536000, immutable");
	assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
	assert.equal((await app.request("/favicon.svg")).headers.get("cache-control"), "no-cache");
});

testHttp("a file that the browser has already is not sent again", async (open) => {
	const app = await open({ pageFiles });
	const etag = (await app.request("/")).headers.get("etag")!;
	for (const known of [etag, `"x", ${etag}`, "*"]) {
		const response = await app.request("/", { headers: { "if-none-match": known } });
		assert.equal(response.status, 304, known);
		assert.equal(await response.text(), "");
		assert.equal(response.headers.get("etag"), etag);
	}
	assert.equal((await app.request("/", { headers: { "if-none-match": '"other"' } })).status, 200);
});

testHttp("HEAD returns the headers of a file without its content", async (open) => {
	const app = await open({ pageFiles });
	const response = await app.request("/", { method: "HEAD" });
	assert.deepEqual([response.status, await response.text()], [200, ""]);
	assert.ok(response.headers.get("etag"));
});

testHttp("brotli is sent to clients that accept it", async (open) => {
	const app = await open({ pageFiles });
	for (const [accepts, encoding] of [
		["br", "br"],
		["gzip, deflate, br, zstd", "br"],
		["gzip;q=1.0, br; q=0.5", "br"],
		["gzip, br;q=0", "none"],
		["br;q=0.000", "none"],
		["brotli", "none"],
		["gzip", "none"],
		["identity", "none"],
	] as const) {
		const { headers, bytes } = await raw(app.request, app.origin, "/assets/main-ABCDEFGH.js", accepts);
		assert.equal(headers["content-encoding"] ?? "none", encoding, accepts);
		assert.match(headers.vary ?? "", /accept-encoding/i);
		assert.equal((encoding === "br" ? brotliDecompressSync(bytes) : bytes).toString(), SCRIPT);
	}
	const { headers } = await raw(app.request, app.origin, "/", "br");
	assert.equal(headers["content-encoding"], undefined);
});

testHttp("other paths are not found", async (open) => {
	const app = await open({ pageFiles });
	for (const path of [
		"/nothing",
		"/r",
		"/r/a/b",
		"/assets/",
		"/assets/main.js",
		"/assets/..%2f..%2fpackage.json",
		"/%2e%2e/package.json",
		"/__proto__",
		"/constructor",
		"/index.html%00",
		"/%",
		"//evil.example",
	]) {
		const response = await app.request(path);
		assert.equal(response.status, 404, path);
		assert.match(await response.text(), /Page not found/);
		assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
	}
	assert.equal((await app.request("/", { method: "POST", body: "x" })).status, 404);
});

/** Returns the response as it was sent: `fetch` would decompress that of a real server. */
async function raw(
	request: (path: string, init: RequestInit) => Promise<Response>,
	origin: string,
	path: string,
	accepts: string,
) {
	if (!origin.includes("127.0.0.1")) {
		const response = await request(path, { headers: { "accept-encoding": accepts } });
		const bytes = Buffer.from(await response.arrayBuffer());
		return { headers: Object.fromEntries(response.headers) as Record<string, string | undefined>, bytes };
	}
	return new Promise<{ headers: Record<string, string | undefined>; bytes: Buffer }>((resolve, reject) => {
		const outgoing = ask(origin + path, { headers: { "accept-encoding": accepts } }, (response) => {
			const chunks: Buffer[] = [];
			response.on("data", (chunk: Buffer) => chunks.push(chunk));
			response.on("end", () =>
				resolve({ headers: response.headers as Record<string, string>, bytes: Buffer.concat(chunks) }),
			);
		});
		outgoing.on("error", reject).end();
	});
}
