import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { isHttps } from "./scheme.ts";

const said = (value: string) => headersOf({ "x-forwarded-proto": value });

test("without a trusted proxy only the connection itself counts", () => {
	assert.equal(isHttps(false, said("https"), undefined), false);
	assert.equal(isHttps(true, said("http"), undefined), true);
});

test("a trusted proxy's word counts, by number or by header", () => {
	assert.equal(isHttps(false, said("https"), 1), true);
	assert.equal(isHttps(false, said("HTTPS"), "fly-client-ip"), true);
	assert.equal(isHttps(true, said("http"), 1), false);
	assert.equal(isHttps(false, headersOf({}), 1), false);
});

test("with several proxies the outermost trusted one counts, not what the client wrote", () => {
	assert.equal(isHttps(false, said("https, http"), 2), true);
	assert.equal(isHttps(false, said("https, http"), 1), false);
	assert.equal(isHttps(false, said("https"), 2), true);
});
