import assert from "node:assert/strict";
import { test } from "node:test";
import { createTransportMemory } from "./transport-memory.ts";

test("the next page knows the transport that worked last; anything else in the storage is unknown", () => {
	const values = new Map<string, unknown>();
	const storage = {
		get: (key: string) => values.get(key),
		set: (key: string, value: unknown) => values.set(key, value),
	};
	assert.equal(createTransportMemory(storage).last(), undefined);
	createTransportMemory(storage).remember("polling");
	assert.equal(createTransportMemory(storage).last(), "polling");
	values.set("transport", "pigeon");
	assert.equal(createTransportMemory(storage).last(), undefined);
});
