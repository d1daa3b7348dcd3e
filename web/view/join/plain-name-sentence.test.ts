import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { NameSchema } from "../../../app/protocol/schemas/names.ts";
import { plainNameSentence } from "./plain-name-sentence.ts";

const sentenceOf = (typed: string) => plainNameSentence(typed, v.parse(NameSchema, typed));

test("letters of special styles in a name are said to be shown as plain ones", () => {
	for (const styled of ["𝓐𝓭𝓪", "Ⓐⓓⓐ", "Ａｄａ"])
		assert.match(sentenceOf(styled) ?? "", /^Others see your name as Ada\. /);
});

test("there is no sentence for a name that is shown as it was typed, whatever its script, spaces and composition", () => {
	for (const plain of ["Ada", "  Ada \t Lovelace ", "Jose\u0301", "José", "Зоя", "明日香", "عائشة", "Ada 👩‍💻"])
		assert.equal(sentenceOf(plain), undefined, plain);
});
