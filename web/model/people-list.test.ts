import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersonInfo } from "../../app/protocol/people.ts";
import type { ApiClient } from "./api-client.ts";
import { createPeopleList } from "./people-list.ts";

const person = (id: string, name?: string): PersonInfo => ({ id, ...(name && { name }), role: "member", since: 1 });

test("O2 people are loaded in pages and found by name; a removal loads them again, or shows why not", async () => {
	const paths: string[] = [];
	let refusal: string | undefined;
	const api = (async (method: string, path: string) => {
		paths.push(`${method} ${path}`);
		if (method === "DELETE" && refusal)
			return { ok: false, error: { code: "forbidden", message: refusal, retryable: false } };
		const isFirst = path.endsWith("offset=0");
		const people = isFirst ? [person("a1", "Ada"), person("b1", "Ben")] : [person("c1")];
		return { ok: true, data: { people, more: isFirst } };
	}) as ApiClient;
	const list = createPeopleList(api);
	const shown = () => list.people.value?.map(({ id }) => id);
	assert.equal(shown(), undefined);
	await list.load();
	await list.loadMore();
	assert.deepEqual([shown(), list.more.value], [["a1", "b1", "c1"], false]);
	list.search.value = " BE";
	assert.deepEqual(shown(), ["b1"]);
	list.search.value = "c1";
	assert.deepEqual(shown(), ["c1"], "by id");
	list.search.value = "";
	await list.remove(person("c1"));
	assert.deepEqual(paths.slice(1), [
		"GET /api/people?limit=200&offset=2",
		"DELETE /api/people/c1",
		"GET /api/people?limit=200&offset=0",
	]);
	refusal = "The chat needs an owner.";
	await list.remove(person("a1"));
	assert.equal(list.problem.value, refusal);
});
