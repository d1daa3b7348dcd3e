import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { isOwnOrigin } from "./origin.ts";

const from = (origin: string, host = "chat.example") => headersOf({ origin, host });

test("S4 a program sends no Origin and is allowed", () => {
	assert.equal(isOwnOrigin(headersOf({ host: "chat.example" }), []), true);
	assert.equal(isOwnOrigin(headersOf({ host: "chat.example" }), ["https://chat.example"]), true);
});

test("S4 without PUBLIC_ORIGIN the Origin's host must be the requested host", () => {
	assert.equal(isOwnOrigin(from("https://chat.example"), []), true);
	assert.equal(isOwnOrigin(from("http://chat.example"), []), true);
	assert.equal(isOwnOrigin(from("http://localhost:3000", "localhost:3000"), []), true);
	assert.equal(isOwnOrigin(from("https://chat.example", "CHAT.example:443"), []), true);
	assert.equal(isOwnOrigin(from("http://[::1]:3000", "[::1]:3000"), []), true);
});

test("S4 another page is refused", () => {
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

test("S4 with PUBLIC_ORIGIN only those origins are allowed, including the scheme", () => {
	const named = ["https://chat.example", "https://www.chat.example"];
	assert.equal(isOwnOrigin(from("https://www.chat.example", "10.0.0.5:3000"), named), true);
	assert.equal(isOwnOrigin(from("http://chat.example"), named), false);
	assert.equal(isOwnOrigin(from("https://10.0.0.5:3000", "10.0.0.5:3000"), named), false);
	assert.equal(isOwnOrigin(from("null"), named), false);
});
