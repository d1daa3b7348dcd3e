import assert from "node:assert/strict";
import { test } from "node:test";
import { reloadOnce } from "./reload-once.ts";

function tabStorage() {
	const kept = new Map<string, string>();
	return {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
	};
}

test("the second time it does not reload", () => {
	const storage = tabStorage();
	let reloads = 0;
	const reload = () => void reloads++;
	assert.equal(
		reloadOnce(() => storage, reload),
		true,
	);
	assert.equal(
		reloadOnce(() => storage, reload),
		false,
	);
	assert.equal(reloads, 1);
});

test("without a storage it does not reload: it could not tell that it had", () => {
	const reload = () => assert.fail("reloaded");
	const blocked = () => {
		throw new DOMException("denied", "SecurityError");
	};
	assert.equal(reloadOnce(blocked, reload), false);
});
