import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openDomain, refusalOf, request } from "../../testing/domain.ts";
import type { Connection } from "../ports/broadcast.ts";
import { fold, foldWithOffsets } from "./fold.ts";
import { isEmpty, queryOf } from "./query.ts";
import { asciiWordsOf, segmentsOf } from "./segments.ts";

describe("the words of a search", () => {
	test("Q1 texts are folded: forms, case and marks", () => {
		assert.equal(fold("ÀÉÎ ﬁn Ⅷ ＡＢＣ"), "aei fin viii abc");
		assert.equal(fold("한국어 が"), "한국어 が", "marks that make another letter stay");
		const { folded, at } = foldWithOffsets("e\u0301 ß🦊x");
		assert.equal(folded, "e ss🦊x");
		const offsets = (count: number, of: (unit: number) => number) =>
			Array.from({ length: count + 1 }, (_, unit) => of(unit));
		assert.deepEqual(offsets(folded.length, at), [0, 2, 3, 3, 4, 4, 6, 7]);
		const ascii = foldWithOffsets("Ab c");
		assert.deepEqual([ascii.folded, ...offsets(4, ascii.at)], ["ab c", 0, 1, 2, 3, 4]);
	});

	test("Q1 words and runs are distinguished", () => {
		const ofAscii = segmentsOf("two_1, (words)");
		assert.deepEqual(ofAscii, [
			{ text: "two_1", isRun: false, start: 0, end: 5 },
			{ text: "words", isRun: false, start: 8, end: 13 },
		]);
		assert.deepEqual(asciiWordsOf("two_1, (words)"), ["two_1", "words"]);
		assert.deepEqual([asciiWordsOf("..."), asciiWordsOf("上海")], [[], undefined]);
		const parts = segmentsOf("abc上海 foo_1, ไทย").map(({ text, isRun }) => [text, isRun]);
		assert.deepEqual(parts, [
			["abc", false],
			["上海", true],
			["foo_1", false],
			["ไทย", true],
		]);
	});

	test("Q1 filters and phrases are read from the text", () => {
		const { terms, ...filters } = queryOf({
			text: 'from:"Ada L" in:#Lobby has:link before:2026-11-01 "the end" words has:dog before:soon',
		});
		const before = Date.UTC(2026, 10, 1);
		assert.deepEqual(filters, { room: "lobby", from: "ada l", before, after: undefined, has: "link" });
		assert.deepEqual(
			terms.map(({ segments, isPhrase }) => [segments.map(({ text }) => text).join(" "), isPhrase]),
			[["the end", true], ...["words", "has", "dog", "before", "soon"].map((word) => [word, false])],
		);
	});

	test("Q4 a search is bounded, and one of stop marks only is empty", () => {
		assert.equal(isEmpty(queryOf({ text: ' .,;: "" ^.*$ (?) ' })), true);
		const { terms } = queryOf({ text: "a b ".repeat(50) });
		assert.equal(terms.length, 20);
		assert.ok(!isEmpty(queryOf({ text: "(a+)+$" })));
	});
});

describe("searching", () => {
	async function setUp() {
		const domain = openDomain({ limits: { searches: { perSecond: 1, burst: 4 } } });
		const { member, send, chat } = domain;
		const ada = await member("ada", "lobby");
		await chat.members.join(ada, "attic");
		const bob = await member("bob", "cellar");
		await send(ada, "lobby", "a word in the lobby");
		await send(ada, "attic", "a word in the attic");
		await send(bob, "cellar", "a word in the cellar");
		const search = async (connection: Connection, text: string) => {
			const ack = await chat.search.query(connection, { text });
			return ack.ok ? ack.data.hits.map(({ room }) => room) : refusalOf(ack);
		};
		return { ...domain, ada, bob, search };
	}

	test("Q3 only rooms that the connection is in are searched, or the open room that it names", async () => {
		const { ada, search, chat } = await setUp();
		assert.deepEqual(await search(ada, "word"), ["lobby", "attic"]);
		chat.members.leave(ada, "attic");
		assert.deepEqual(await search(ada, "word"), ["lobby"], "a moment after it was left");
		assert.deepEqual(await search(ada, "word in:Cellar"), ["cellar"]);
	});

	test("Q3 a room that the user is removed from during a search is left out", async () => {
		const { ada, search, chat, store } = await setUp();
		const release = Promise.withResolvers<void>();
		store.held = release.promise;
		const searching = search(ada, "word");
		chat.members.leave(ada, "lobby");
		release.resolve();
		assert.deepEqual(await searching, ["attic"]);
	});

	test("Q3 a private room is searched by its members, whether they are in it or not", async () => {
		const { ada, bob, connect, search, chat, nextId } = await setUp();
		const room = { clientId: nextId(), title: "Attic", history: true };
		const created = await chat.privateRooms.create(ada, room);
		assert.ok(created.ok);
		const { room: name } = created.data;
		await chat.members.join(ada, name);
		await request((reply) =>
			chat.messages.send(ada, { room: name, clientId: nextId(), content: { body: "a secret word" } }, reply),
		);
		assert.deepEqual(await search(connect("ada", "ada-2"), "secret"), [name], "on a connection that is in no room");
		assert.deepEqual(await search(bob, "secret"), []);
		assert.deepEqual(await search(bob, `secret in:${name}`), []);
	});

	test("Q4 L1 searches are limited, and an empty one is refused", async () => {
		const { ada, search } = await setUp();
		assert.equal(await search(ada, " ... "), "bad_request text");
		for (let count = 0; count < 3; count++) await search(ada, "word");
		assert.equal(await search(ada, "word"), "rate_limited");
	});
});
