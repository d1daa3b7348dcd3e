import assert from "node:assert/strict";
import { test } from "node:test";
import { openLocalStorage } from "./local-storage.ts";
import { createRoomStorage, forgetRooms } from "./room-storage.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";

test("a reload keeps the rooms, the current one and what was read", () => {
	const storage = localStorageInMemory();
	const before = createRoomStorage(storage, "ada");
	for (const name of ["lobby", "__proto__"]) before.addJoined(name);
	before.setCurrent("__proto__");
	before.setRead("__proto__", { epoch: "e", seq: 7 });
	before.setDraft("lobby", "half a sentence");
	before.setDraft("__proto__", "another");
	before.setDraft("__proto__", "");
	const after = createRoomStorage(storage, "ada");
	assert.deepEqual(after.joined(), ["lobby", "__proto__"]);
	assert.equal(after.current(), "__proto__");
	assert.deepEqual(after.read("__proto__"), { epoch: "e", seq: 7 });
	assert.equal(after.read("lobby"), undefined);
	assert.deepEqual([after.draft("lobby"), after.draft("__proto__")], ["half a sentence", ""]);
	after.forget("lobby");
	assert.equal(after.draft("lobby"), "");
});

test("a draft is kept up to 20,000 characters, and not for another user", () => {
	const storage = localStorageInMemory();
	const ada = createRoomStorage(storage, "ada");
	ada.setDraft("lobby", "x".repeat(30_000));
	assert.equal(createRoomStorage(storage, "ada").draft("lobby").length, 20_000);
	assert.equal(createRoomStorage(storage, "grace").draft("lobby"), "");
	ada.setDraft("lobby", "from a tab that is still open");
	assert.equal(createRoomStorage(storage, "grace").draft("lobby"), "");
});

test("the rooms of one user are not kept for another, nor after signing out", () => {
	const storage = localStorageInMemory();
	createRoomStorage(storage, "ada").addJoined("lobby");
	assert.deepEqual(createRoomStorage(storage, "grace").joined(), []);
	createRoomStorage(storage, "grace").addJoined("kitchen");
	forgetRooms(storage);
	assert.deepEqual(createRoomStorage(storage, "grace").joined(), []);
});

test("stored values of the wrong type are ignored", () => {
	const storage = localStorageInMemory();
	const rooms = createRoomStorage(storage, "ada");
	for (const invalid of [null, 3, "lobby", { lobby: 1 }, [3, null], [["lobby"]], [["lobby", { seq: "1" }]]]) {
		for (const key of ["rooms", "current", "read", "drafts"]) storage.set(key, invalid);
		assert.ok(rooms.joined().every((name) => typeof name === "string"));
		assert.ok(["string", "undefined"].includes(typeof rooms.current()));
		assert.equal(rooms.read("lobby"), undefined);
		assert.equal(rooms.draft("lobby"), "");
	}
});

test("without storage nothing is kept and nothing throws", () => {
	const storage = openLocalStorage(() => {
		throw new DOMException("denied", "SecurityError");
	});
	const rooms = createRoomStorage(storage, "ada");
	rooms.addJoined("lobby");
	assert.deepEqual(rooms.joined(), []);
});

test("rooms that two tabs join and leave are a union, and one that was left stays left", () => {
	const storage = localStorageInMemory();
	const [one, other] = [createRoomStorage(storage, "ada"), createRoomStorage(storage, "ada")];
	one.addJoined("lobby");
	other.addJoined("kitchen");
	one.addJoined("garden");
	other.removeJoined("lobby");
	one.addJoined("garden");
	assert.deepEqual(createRoomStorage(storage, "ada").joined(), ["kitchen", "garden"]);
});
