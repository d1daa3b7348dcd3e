import assert from "node:assert/strict";
import { test } from "node:test";
import { failureSentence, MAX_READ_CHARS, messageSentence } from "./message-sentence.ts";

test("a message is read with its author, and a long one is shortened", () => {
	assert.equal(messageSentence("Grace", { body: "Sounds good" }), "Grace: Sounds good");
	assert.equal(messageSentence("Grace", { location: { latitude: 1, longitude: 2 } }), "Grace shared a location");
	const photo = { id: "1", name: "a.png", type: "image/png", bytes: 1 };
	assert.equal(messageSentence("Grace", { body: "" }, [photo, photo]), "Grace: 2 photos");
	const long = messageSentence("Grace", { body: `${"x".repeat(MAX_READ_CHARS - 1)}😀 and more` });
	assert.equal(long, `Grace: ${"x".repeat(MAX_READ_CHARS - 1)}…`);
});

test("a failure names the message and the reason", () => {
	const refusal = { code: "too_long", message: "It is too long.", retryable: false } as never;
	assert.equal(failureSentence({ body: "hello" }, refusal), 'Your message "hello" was not sent. It is too long.');
	assert.equal(failureSentence({ location: { latitude: 1, longitude: 2 } }, undefined), "Your location was not sent.");
});
