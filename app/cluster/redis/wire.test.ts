import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClusterEvent } from "../../room/ports/cluster.ts";
import { decode, decodePerson, encode } from "./wire.ts";

const NOTICE: ClusterEvent = { kind: "notice", text: 'Back at 5: "soon" \n 😀', createdAt: 7 };

describe("messages between processes", () => {
	test("a decoded message has its event, its sender and its time", () => {
		assert.deepEqual(decode(encode("one", 1_700_000_000_000, NOTICE), "two"), {
			sender: "one",
			sentAt: 1_700_000_000_000,
			event: NOTICE,
		});
	});

	test("a process ignores its own messages, but not those of a process whose name has the same beginning", () => {
		assert.equal(decode(encode("one", 1, NOTICE), "one"), undefined);
		assert.equal(decode(encode("one2", 1, NOTICE), "one")?.sender, "one2");
	});

	test("an event of an unknown kind, from another version, is passed on unchanged", () => {
		assert.deepEqual(decode('one 0 {"kind":"pinned","seq":3}', "two")?.event as unknown, { kind: "pinned", seq: 3 });
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
		test(`a message that can't be parsed is ignored: ${JSON.stringify(message)}`, () => {
			assert.equal(decode(message, "two"), undefined);
		});

	test("a person's record is parsed; anything else is ignored", () => {
		assert.deepEqual(decodePerson('{"name":"Ada","at":["one"],"since":3}'), { name: "Ada", at: ["one"] });
		for (const text of ["", "{", "null", "[]", "7", '{"name":"Ada"}', '{"name":7,"at":[]}', '{"name":"Ada","at":{}}'])
			assert.equal(decodePerson(text), undefined, text);
	});
});
