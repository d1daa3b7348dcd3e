import assert from "node:assert/strict";
import { test } from "node:test";
import type { User } from "../../../app/protocol/session.ts";
import type { AccessEntry } from "../../model/item.ts";
import { accessParts, accessSentence, textOf } from "./access-parts.ts";

const [ADA, BOB, EVE, CEM] = ["Ada", "Bob", "Eve", "Cem"].map((name) => ({ id: name.toLowerCase(), name })) as [
	User,
	User,
	User,
	User,
];
const accessSentences = (entries: AccessEntry[], me: string) => accessParts(entries, me).map(textOf);
type Member = AccessEntry & { kind: "member" };
const member = (by: User, user: User, role?: Member["role"]): AccessEntry => {
	return { kind: "member", seq: 1, createdAt: 0, by, user, ...(role && { role }) };
};

test("the same change of several people is one sentence", () => {
	const added = [BOB, EVE, CEM].map((user) => member(ADA, user, "member"));
	assert.deepEqual(accessSentences(added.slice(0, 1), "me"), ["Ada added Bob"]);
	assert.deepEqual(accessSentences(added.slice(0, 2), "me"), ["Ada added Bob and Eve"]);
	assert.deepEqual(accessSentences(added, "me"), ["Ada added Bob and 2 others"]);
	assert.deepEqual(accessSentences(added, "bob"), ["Ada added you and 2 others"]);
});

test("another change, or one by somebody else, is another sentence", () => {
	const entries = [member(ADA, BOB, "member"), member(EVE, CEM, "member"), member(EVE, BOB), member(CEM, CEM)];
	assert.deepEqual(accessSentences(entries, "eve"), [
		"Ada added Bob",
		"You added Cem",
		"You removed Bob",
		"Cem left the room",
	]);
	assert.deepEqual(accessSentences([member(ADA, BOB, "owner")], "bob"), ["Ada made you an owner"]);
});

test("each setting that was changed is a sentence", () => {
	const room = { kind: "room", seq: 1, createdAt: 0, by: ADA } as const;
	const entries: AccessEntry[] = [
		{ ...room, title: "The Attic", topic: "Dust", history: false },
		{ ...room, topic: "" },
	];
	assert.deepEqual(accessSentences(entries, "me"), [
		"Ada named the room The Attic",
		"Ada set the topic: Dust",
		"Ada hides earlier messages from new members",
		"Ada removed the topic",
	]);
});

test("one entry is a text", () => {
	assert.equal(accessSentence(member(ADA, BOB, "member"), "bob"), "Ada added you.");
});
