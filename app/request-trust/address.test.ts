import assert from "node:assert/strict";
import { test } from "node:test";
import { clientAddress } from "./address.ts";
import { headersOf } from "./headers.ts";

const none = headersOf({});
const forwarded = (value: string) => headersOf({ "x-forwarded-for": value });

test("without a trusted proxy the socket's address is used, and headers are ignored", () => {
	const header = headersOf({ "x-forwarded-for": "203.0.113.9", "fly-client-ip": "203.0.113.9" });
	assert.equal(clientAddress("192.0.2.1", header, undefined), "192.0.2.1");
});

test("an IPv4 client on an IPv6 socket is the same client", () => {
	assert.equal(clientAddress("::ffff:192.0.2.1", none, undefined), "192.0.2.1");
	assert.equal(clientAddress("::ffff:c000:201", none, undefined), "192.0.2.1");
});

test("IPv6 addresses are counted by their /64, however they are written", () => {
	const written = [
		"2001:db8:0:7::1",
		"2001:DB8:0:7:ffff:ffff:ffff:ffff",
		"2001:0db8:0000:0007:0:0:0:0",
		"2001:db8:0:7::",
	];
	for (const address of written) assert.equal(clientAddress(address, none, undefined), "2001:db8:0:7::/64");
	assert.notEqual(clientAddress("2001:db8:0:8::1", none, undefined), "2001:db8:0:7::/64");
	assert.equal(clientAddress("::1", none, undefined), "0:0:0:0::/64");
	assert.equal(clientAddress("fe80::1%eth0", none, undefined), "fe80:0:0:0::/64");
});

test("with n proxies the nth address from the right is used", () => {
	const header = forwarded("198.51.100.66, 203.0.113.9, 10.0.0.2");
	assert.equal(clientAddress("10.0.0.1", header, 1), "10.0.0.2");
	assert.equal(clientAddress("10.0.0.1", header, 2), "203.0.113.9");
});

test("a request that bypassed the proxies has its socket's address", () => {
	assert.equal(clientAddress("10.0.0.1", forwarded("203.0.113.9"), 2), "10.0.0.1");
	assert.equal(clientAddress("10.0.0.1", none, 1), "10.0.0.1");
});

test("a forwarded port, brackets and spaces are not part of the address", () => {
	assert.equal(clientAddress("10.0.0.1", forwarded("203.0.113.9:5678"), 1), "203.0.113.9");
	assert.equal(clientAddress("10.0.0.1", forwarded(" [2001:db8::1]:5678 "), 1), "2001:db8:0:0::/64");
	assert.equal(clientAddress("10.0.0.1", forwarded("[2001:db8::1]"), 1), "2001:db8:0:0::/64");
});

test("a named header is trusted, and no other", () => {
	const header = headersOf({ "fly-client-ip": "203.0.113.9", "x-forwarded-for": "198.51.100.66" });
	assert.equal(clientAddress("10.0.0.1", header, "fly-client-ip"), "203.0.113.9");
	assert.equal(clientAddress("10.0.0.1", header, "cf-connecting-ip"), "10.0.0.1");
});

test("an invalid address falls back to the socket's", () => {
	const nonsense = [
		"",
		"unknown",
		"999.1.1.1",
		"1.2.3",
		"1.2.3.4.",
		"::1::",
		"__proto__",
		"1.2.3.4/../x",
		"[::1",
		"\u0000",
		"@evil",
		"::1]#",
	];
	for (const value of nonsense) assert.equal(clientAddress("10.0.0.1", forwarded(value), 1), "10.0.0.1", value);
	assert.equal(clientAddress(undefined, none, undefined), "unknown");
});

test("properties of a prototype are not headers", () => {
	assert.equal(headersOf({})("constructor"), undefined);
	assert.equal(headersOf({ "x-a": ["1", "2"] })("x-a"), "1, 2");
});
