import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { isHttps } from "./scheme.ts";

const forwarded = (value: string) => headersOf({ "x-forwarded-proto": value });

test("without a trusted proxy only the connection decides", () => {
	assert.equal(isHttps(false, forwarded("https"), undefined), false);
	assert.equal(isHttps(true, forwarded("http"), undefined), true);
});

test("X-Forwarded-Proto of a trusted proxy decides, with a number or a header", () => {
	assert.equal(isHttps(false, forwarded("https"), 1), true);
	assert.equal(isHttps(false, forwarded("HTTPS"), "fly-client-ip"), true);
	assert.equal(isHttps(true, forwarded("http"), 1), false);
	assert.equal(isHttps(false, headersOf({}), 1), false);
});

test("with several proxies the outermost trusted one decides, not the client", () => {
	assert.equal(isHttps(false, forwarded("https, http"), 2), true);
	assert.equal(isHttps(false, forwarded("https, http"), 1), false);
	assert.equal(isHttps(false, forwarded("https"), 2), true);
});
