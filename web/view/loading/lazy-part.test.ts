import assert from "node:assert/strict";
import { test } from "node:test";
import { againPath, lazyPart } from "./lazy-part.ts";

test("a part is imported once, when it is first needed", async () => {
	let imports = 0;
	const part = lazyPart(async () => ++imports);
	assert.equal(part.module.value, undefined);
	await Promise.all([part.load(), part.load()]);
	await part.load();
	assert.deepEqual([part.module.value, imports, part.failed.value], [1, 1, false]);
});

test("a failed import is reported", async () => {
	const part = lazyPart(async () => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
	await part.load();
	assert.deepEqual([part.module.value, part.failed.value], [undefined, true]);
});

test("a retry imports the same file under a path that the browser has not tried", async () => {
	assert.equal(
		againPath(() => import("../rooms/room-address.ts"), 2),
		"../rooms/room-address.ts?2",
	);
	// As the minified page has it.
	const minified = Object.assign(async () => {}, { toString: () => "()=>import(`/assets/RoomMenu-5SLJ5COA.js`)" });
	assert.equal(againPath(minified, 1), "/assets/RoomMenu-5SLJ5COA.js?1");
	let fails = true;
	const importModule = () => (fails ? Promise.reject(new TypeError()) : import("../rooms/room-address.ts"));
	const part = lazyPart<typeof import("../rooms/room-address.ts")>(importModule);
	await part.load();
	fails = false;
	await part.load();
	assert.equal(part.module.value?.pathOfRoom("a b"), "/r/a%20b");
	assert.equal(part.failed.value, false);
});
