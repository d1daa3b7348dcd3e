import assert from "node:assert/strict";
import { test } from "node:test";
import { presenceParts } from "./presence-parts.ts";

function sentence(names: string[]): string {
	const users = names.map((name) => ({ id: name, name }));
	return presenceParts(users, "joined")
		.map((part) => (typeof part === "string" ? part : part.name))
		.join("");
}

test("one or two people are named, and more are counted after the first", () => {
	assert.equal(sentence(["Bob"]), "Bob joined");
	assert.equal(sentence(["Bob", "Eve"]), "Bob and Eve joined");
	assert.equal(
		sentence(["Bob", ...Array.from({ length: 11 }, (_, index) => `user ${index}`)]),
		"Bob and 11 others joined",
	);
	assert.equal(sentence([]), "");
});
