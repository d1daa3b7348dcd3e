import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { foreignHostSentence, ownHostCheck } from "./host.ts";

const none = { publicOrigins: [], flyApp: undefined };
const isOwn = (host: string, settings: Parameters<typeof ownHostCheck>[0] = none) =>
	ownHostCheck(settings)(headersOf({ host }));

test("S8 addresses and local names are the chat's own, with any port", () => {
	for (const host of ["127.0.0.1:3000", "192.0.2.7", "[::1]:3000", "[2001:db8::1]", "localhost:3000", "LOCALHOST"])
		assert.equal(isOwn(host), true, host);
	for (const host of ["localhost.", "chat.localhost:3000", "laptop.local", "Laptop.Local.:3000"])
		assert.equal(isOwn(host), true, host);
});

test("S8 any other name is refused, however it is written", () => {
	const names = ["evil.example", "evil.example:3000", "evil.example.", "EVIL.example", "evil", "xn--e1aybc.example"];
	const similar = ["localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1.nip.io", "local", "evil-local"];
	const broken = [
		"",
		":3000",
		"evil.example/localhost",
		"evil.example#.local",
		"localhost@evil.example",
		"[::1",
		"a b",
	];
	for (const host of [...names, ...similar, ...broken, `${"a".repeat(100_000)}.local`])
		assert.equal(isOwn(host), false, host.slice(0, 50));
});

test("S8 the hosts of PUBLIC_ORIGIN are the chat's own, with any port, and no other names", () => {
	const settings = { ...none, publicOrigins: ["https://chat.example", "https://www.chat.example:8443"] };
	for (const host of ["chat.example", "CHAT.example:443", "chat.example.", "www.chat.example", "127.0.0.1:3000"])
		assert.equal(isOwn(host, settings), true, host);
	for (const host of ["evil.example", "chat.example.evil.example", "evilchat.example", "a.chat.example"])
		assert.equal(isOwn(host, settings), false, host);
});

test("S8 on Fly.io the app's public and private names are the chat's own, and not those of other apps", () => {
	const settings = { ...none, flyApp: "my-chat" };
	for (const host of ["my-chat.fly.dev", "my-chat.internal:8080", "fra.my-chat.internal", "my-chat.flycast"])
		assert.equal(isOwn(host, settings), true, host);
	for (const host of ["other.fly.dev", "x.my-chat.fly.dev", "my-chat.fly.dev.evil.example", "other.internal"])
		assert.equal(isOwn(host, settings), false, host);
	assert.equal(isOwn("my-chat.fly.dev"), false);
});

test("S8 a program without the header is allowed", () => {
	assert.equal(ownHostCheck(none)(headersOf({})), true);
});

test("S8 the refusal says what to set, and shows a host only if it is a name", () => {
	const sentence = (host: string) => foreignHostSentence(headersOf({ host }));
	assert.match(sentence("Chat.example:3000"), /know chat\.example as .* PUBLIC_ORIGIN to https:\/\/chat\.example\.$/);
	for (const host of ["", "<b>.example", "a'b.example", '"', "a".repeat(300)])
		assert.match(sentence(host), /know this address as .* PUBLIC_ORIGIN to its origin/, host);
});
