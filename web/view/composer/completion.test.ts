import assert from "node:assert/strict";
import { test } from "node:test";
import { replacementFor, tokenBefore } from "./completion.ts";
import { peopleCompletions } from "./people-completions.ts";

/** Returns the token before the bar, as its sigil and query. */
function typed(marked: string): string | undefined {
	const caret = marked.indexOf("|");
	const token = tokenBefore(marked.replace("|", ""), caret);
	return token && token.sigil + token.query;
}

test("the token before the caret is found", () => {
	assert.equal(typed("hello @ad|"), "@ad");
	assert.equal(typed("@|"), "@");
	assert.equal(typed("(@ad|a)"), "@ad");
	assert.equal(typed("so :smi|"), ":smi");
	assert.equal(typed(":+1|"), ":+1");
	assert.equal(typed("a\n:x|"), ":x");
	for (const text of ["ada@ex|", "10:30|", "https:|", "a|@b", "hello|", "@ ada|", "@a\nb|", ": a|", ":a b|", "|:a"])
		assert.equal(typed(text), undefined, text);
});

test("names with spaces, from right to left and with emoji are found", () => {
	assert.equal(typed("@Ada Love|"), "@Ada Love");
	assert.equal(typed("مرحبا @يوس|"), "@يوس");
	assert.equal(typed("@🌱 No|"), "@🌱 No");
	assert.equal(typed("@a @bo|"), "@bo");
	assert.equal(typed("@🌱 :smi|"), ":smi");
	assert.equal(typed(`@${"a".repeat(33)}|`), undefined, "longer than a name");
});

test("a completion is followed by a space", () => {
	const completion = { key: "1", insert: "@Ada", label: "Ada" };
	const token = { sigil: "@", start: 0, end: 2, query: "a" } as const;
	assert.equal(replacementFor("@a", token, completion), "@Ada ");
	assert.equal(replacementFor("@a b", token, completion), "@Ada");
	assert.equal(replacementFor("@ab", token, completion), "@Ada ");
});

test("people are found by the beginning of a name or a later word, without case and accents", () => {
	const people = ["Ada Lovelace", "Inês Carvalho", "Lou", "يوسف", "🌱 Noor"].map((name) => ({ id: name, name }));
	const found = (query: string) => peopleCompletions(people, query).map(({ label }) => label);
	assert.deepEqual(found("lo"), ["Lou", "Ada Lovelace"]);
	assert.deepEqual(found("INES c"), ["Inês Carvalho"]);
	assert.deepEqual(found("يو"), ["يوسف"]);
	assert.deepEqual(found("noo"), ["🌱 Noor"]);
	assert.deepEqual(found("🌱"), ["🌱 Noor"]);
	assert.equal(found("").length, 5);
	assert.deepEqual(found("ada lovelace said"), []);
	assert.equal(peopleCompletions(people, "ada")[0]?.insert, "@Ada Lovelace");
});
