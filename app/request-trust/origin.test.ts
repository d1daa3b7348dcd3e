import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { isOwnOrigin } from "./origin.ts";

const from = (origin: string, host = "chat.example") => headersOf({ origin, host });

test("S4 a program sends no Origin and is allowed", () => {
	assert.equal(isOwnOrigin(headersOf({ host: "chat.example" }), []), true);
	assert.equal(isOwnOrigin(headersOf({ host: "chat.example" }), ["https://chat.example"]), true);
});

test("S4 without named origins the page's host must be the one that was asked for", () => {
	assert.equal(isOwnOrigin(from("https://chat.example"), []), true);
	assert.equal(isOwnOrigin(from("http://chat.example"), []), true);
	assert.equal(isOwnOrigin(from("http://localhost:3000", "localhost:3000"), []), true);
	assert.equal(isOwnOrigin(from("https://chat.example", "CHAT.example:443"), []), true);
	assert.equal(isOwnOrigin(from("http://[::1]:3000", "[::1]:3000"), []), true);
});

test("S4 another page is not", () => {
	const others = [
		"https://evil.example",
		"https://chat.example.evil.example",
		"https://chat.example:8443",
		"https://chat.example@evil.example",
		"null",
		"",
		"file://",
		"chrome-extension://chat.example",
		"chat.example",
	];
	for (const origin of others) assert.equal(isOwnOrigin(from(origin), []), false, origin);
	assert.equal(isOwnOrigin(headersOf({ origin: "http://chat.example" }), []), false, "no Host");
	assert.equal(isOwnOrigin(from("http://chat.example", ""), []), false, "an empty Host");
});

test("S4 named origins are the only ones, the scheme included", () => {
	const named = ["https://chat.example", "https://www.chat.example"];
	assert.equal(isOwnOrigin(from("https://www.chat.example", "10.0.0.5:3000"), named), true);
	assert.equal(isOwnOrigin(from("http://chat.example"), named), false);
	assert.equal(isOwnOrigin(from("https://10.0.0.5:3000", "10.0.0.5:3000"), named), false);
	assert.equal(isOwnOrigin(from("null"), named), false);
});
