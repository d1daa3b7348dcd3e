import assert from "node:assert/strict";
import { test } from "node:test";
import { is, pipe, string, uuid } from "valibot";
import { clientId } from "./client-id.ts";

test("M2 a clientId is what the server takes for a UUID, and never the same", () => {
	const ids = Array.from({ length: 1_000 }, clientId);
	assert.equal(new Set(ids).size, ids.length);
	for (const id of ids) assert.ok(is(pipe(string(), uuid()), id), id);
});
