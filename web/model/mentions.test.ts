import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionable, mentionsIn } from "./mentions.ts";
import { ADA_USER } from "./testing/entries.ts";

const user = (name: string) => ({ id: `id of ${name}`, name });
const [LOVELACE, JOSE, NOA, PARTY, ADAM] = ["Ada Lovelace", "José", "נועה לוי", "🎉 Party", "Adam"].map(user) as [
	ReturnType<typeof user>,
	ReturnType<typeof user>,
	ReturnType<typeof user>,
	ReturnType<typeof user>,
	ReturnType<typeof user>,
];

function suggest(query: string, change: Partial<Parameters<typeof mentionable>[1]> = {}): string[] {
	const present = [ADA_USER, LOVELACE, JOSE, NOA, PARTY];
	return mentionable(query, { present, count: 5, authors: [ADAM, JOSE], me: ADA_USER, ...change }).map(
		({ name }) => name,
	);
}

test("people are found by the beginning of any word of their name, without case and accents", () => {
	assert.deepEqual(suggest("love"), ["Ada Lovelace"]);
	assert.deepEqual(suggest("ADA L"), ["Ada Lovelace"]);
	assert.deepEqual(suggest("jose"), ["José"]);
	assert.deepEqual(suggest("לוי"), ["נועה לוי"]);
	assert.deepEqual(suggest("🎉"), ["🎉 Party"]);
	assert.deepEqual(suggest("par"), ["🎉 Party"]);
	assert.deepEqual(suggest("velace"), []);
});

test("people who are present come first, each once, without the user", () => {
	assert.deepEqual(suggest("a"), ["Ada Lovelace", "Adam"]);
	assert.deepEqual(suggest(""), ["Ada Lovelace", "José", "נועה לוי", "🎉 Party", "Adam", "room"]);
	assert.deepEqual(suggest("jos", { authors: [{ id: "another", name: "jose" }] }), ["José"]);
});

test("everybody is suggested in small rooms, and the list is limited", () => {
	assert.deepEqual(suggest("ro"), ["room"]);
	assert.deepEqual(suggest("ro", { count: 21 }), []);
	const many = Array.from({ length: 100 }, (_, index) => user(`Person ${index}`));
	assert.equal(suggest("p", { present: many, count: 100 }).length, 20);
});

test("a mention counts while its name stands in the text", () => {
	const ids = (text: string, ...chosen: { id: string; name: string }[]) => mentionsIn(text, chosen);
	assert.deepEqual(ids("hello @Ada Lovelace!", LOVELACE), [LOVELACE.id]);
	assert.deepEqual(ids("hello @Ada", LOVELACE), []);
	assert.deepEqual(ids("@José, @נועה לוי and @🎉 Party", JOSE, NOA, PARTY), [JOSE.id, NOA.id, PARTY.id]);
	assert.deepEqual(ids("@José".normalize("NFD"), JOSE), [JOSE.id]);
	assert.deepEqual(ids("@Adam", ADA_USER, user("Ada")), []);
	assert.deepEqual(ids("@Ada Lovelace", user("Ada"), LOVELACE), [LOVELACE.id]);
	assert.deepEqual(ids("me@Adam", ADAM), []);
	assert.deepEqual(ids("@room", { id: "room", name: "room" }), ["room"]);
});

test("a name in code or in a quote is no mention, and what is not closed is text", () => {
	const mentioned = (text: string) => mentionsIn(text, [ADAM]).length === 1;
	assert.equal(mentioned("`@Adam`"), false);
	assert.equal(mentioned("`` a ` @Adam ``"), false);
	assert.equal(mentioned("```js\n@Adam\n```"), false);
	assert.equal(mentioned("> @Adam said"), false);
	assert.equal(mentioned("` @Adam"), true);
	assert.equal(mentioned("`a` @Adam `b`"), true);
	assert.equal(mentioned("```\n@Adam"), true);
	assert.equal(mentioned("> quoted\n@Adam"), true);
});

test("a text of backticks or of names takes linear time", () => {
	const chosen = Array.from({ length: 50 }, (_, index) => user(`Person ${index}`));
	/** Returns the least CPU time in microseconds of several calls. */
	const costOf = (text: string) => {
		const costs = Array.from({ length: 5 }, () => {
			const start = process.threadCpuUsage();
			mentionsIn(text, chosen);
			return process.threadCpuUsage(start).user;
		});
		return Math.min(...costs);
	};
	for (const part of ["`", "` ``", "@Person ", "```\n"]) {
		const [some, more] = [40_000, 320_000].map((chars) => costOf(part.repeat(chars / part.length)));
		// 8 times as much for 8 times the text; 64 times, and seconds, if it were quadratic. 200 ms are for the garbage collector.
		assert.ok(more! <= 24 * some! + 200_000, `${part.trim()}: ${some} and ${more} µs`);
	}
});
