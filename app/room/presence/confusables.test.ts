import assert from "node:assert/strict";
import { test } from "node:test";
import { skeletonsOf } from "./confusables.ts";

function lookAlike(one: string, other: string): boolean {
	return !skeletonsOf(one).isDisjointFrom(skeletonsOf(other));
}

for (const [one, other] of [
	["ada", "Ada"],
	["ada", "аda"], // Cyrillic а
	["paypal", "раураl"], // Cyrillic р, а, у
	["Bill", "BiIl"], // capital i
	["alice", "a\u200dlice"],
	["ada lovelace", "adalovelace"],
	["bob", "𝐛𝐨𝐛"],
	["strasse", "straße"],
	["IAN", "ian"],
	["Ian", "lan"],
	["alice", "AIice"], // capital i
	["Alice", "A\u04cfice"], // palochka
	["Alice", "Alice\u2800"], // an empty braille pattern
] as const) {
	test(`R2 "${one}" and "${other}" look alike`, () => assert.ok(lookAlike(one, other)));
}

for (const [one, other] of [
	["ada", "eda"],
	["bob", "rob"],
	["李雷", "韩梅梅"],
	["anna", "hanna"],
	["Ian", "Lan"],
] as const) {
	test(`R2 "${one}" and "${other}" look different`, () => assert.ok(!lookAlike(one, other)));
}

test("R2 names of built-in properties are treated like any other name", () => {
	assert.ok(lookAlike("__proto__", "__PROTO__"));
	assert.ok(!lookAlike("constructor", "toString"));
});
