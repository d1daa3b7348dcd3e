import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClusterEvent } from "../../room/ports/cluster.ts";
import { decode, decodePerson, encode } from "./wire.ts";

const NEWS: ClusterEvent = { kind: "notice", text: 'Back at 5: "soon" \n 😀', createdAt: 7 };

describe("what processes tell each other", () => {
	test("it is read as it was said, with who said it and when", () => {
		assert.deepEqual(decode(encode("one", 1_700_000_000_000, NEWS), "two"), {
			teller: "one",
			sentAt: 1_700_000_000_000,
			news: NEWS,
		});
	});

	test("one's own word is not heard; that of a process whose name begins alike is", () => {
		assert.equal(decode(encode("one", 1, NEWS), "one"), undefined);
		assert.equal(decode(encode("one2", 1, NEWS), "one")?.teller, "one2");
	});

	test("a kind of news that another version tells is passed on as it is", () => {
		assert.deepEqual(decode('one 0 {"kind":"pinned","seq":3}', "two")?.news as unknown, { kind: "pinned", seq: 3 });
	});

	for (const message of [
		"",
		"one",
		"one 1",
		"one x {}",
		"one 1 ",
		"one 1 {",
		"one 1 null",
		"one 1 7",
		'{"kind":"notice"}',
	])
		test(`what can't be read is not heard: ${JSON.stringify(message)}`, () => {
			assert.equal(decode(message, "two"), undefined);
		});

	test("a record of a person is read, and what is none is not", () => {
		assert.deepEqual(decodePerson('{"name":"Ada","at":["one"],"since":3}'), { name: "Ada", at: ["one"] });
		for (const text of ["", "{", "null", "[]", "7", '{"name":"Ada"}', '{"name":7,"at":[]}', '{"name":"Ada","at":{}}'])
			assert.equal(decodePerson(text), undefined, text);
	});
});
