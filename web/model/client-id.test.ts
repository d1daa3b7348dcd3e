import assert from "node:assert/strict";
import { test } from "node:test";
import { is, pipe, string, uuid } from "valibot";
import { createClientId } from "./client-id.ts";

test("M2 every clientId is a valid UUID and unique", () => {
	const ids = Array.from({ length: 1_000 }, createClientId);
	assert.equal(new Set(ids).size, ids.length);
	for (const id of ids) assert.ok(is(pipe(string(), uuid()), id), id);
});
