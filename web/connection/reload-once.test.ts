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

test("a second call soon after does not reload", () => {
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

test("without storage it does not reload, because a second call could not be detected", () => {
	const reload = () => assert.fail("reloaded");
	const blocked = () => {
		throw new DOMException("denied", "SecurityError");
	};
	assert.equal(reloadOnce(blocked, reload), false);
});
