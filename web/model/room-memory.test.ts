import assert from "node:assert/strict";
import { test } from "node:test";
import { browserMemory } from "./memory.ts";
import { createRoomMemory, forgetRooms } from "./room-memory.ts";
import { memoryInMemory } from "./testing/memory-in-memory.ts";

test("rooms, the current one and what was read are there after a reload", () => {
	const memory = memoryInMemory();
	const before = createRoomMemory(memory, "ada");
	before.setJoined(["lobby", "__proto__"]);
	before.setCurrent("__proto__");
	before.setRead("__proto__", { epoch: "e", seq: 7 });
	const after = createRoomMemory(memory, "ada");
	assert.deepEqual(after.joined(), ["lobby", "__proto__"]);
	assert.equal(after.current(), "__proto__");
	assert.deepEqual(after.read("__proto__"), { epoch: "e", seq: 7 });
	assert.equal(after.read("lobby"), undefined);
});

test("what one person left is not the next one's, nor anybody's after signing out", () => {
	const memory = memoryInMemory();
	createRoomMemory(memory, "ada").setJoined(["lobby"]);
	assert.deepEqual(createRoomMemory(memory, "grace").joined(), []);
	createRoomMemory(memory, "grace").setJoined(["kitchen"]);
	forgetRooms(memory);
	assert.deepEqual(createRoomMemory(memory, "grace").joined(), []);
});

test("what is stored there in another shape counts as nothing", () => {
	const memory = memoryInMemory();
	const rooms = createRoomMemory(memory, "ada");
	for (const rubbish of [null, 3, "lobby", { lobby: 1 }, [3, null], [["lobby"]], [["lobby", { seq: "1" }]]]) {
		for (const key of ["rooms", "current", "read"]) memory.set(key, rubbish);
		assert.ok(rooms.joined().every((name) => typeof name === "string"));
		assert.ok(["string", "undefined"].includes(typeof rooms.current()));
		assert.equal(rooms.read("lobby"), undefined);
	}
});

test("where the device may not store, nothing is remembered and nothing breaks", () => {
	const memory = browserMemory(() => {
		throw new DOMException("denied", "SecurityError");
	});
	const rooms = createRoomMemory(memory, "ada");
	rooms.setJoined(["lobby"]);
	assert.deepEqual(rooms.joined(), []);
});
