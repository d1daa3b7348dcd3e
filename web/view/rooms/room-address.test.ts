import assert from "node:assert/strict";
import { test } from "node:test";
import { messageOfPath, pathOfMessage, pathOfRoom, roomOfPath } from "./room-address.ts";

test("the path of a room yields its name again", () => {
	for (const room of ["kitchen", "ada & bob", "a/b?c#d", "100 %", "كوكب", "🍲", "..", "__proto__"]) {
		assert.equal(roomOfPath(pathOfRoom(room)), room);
	}
});

test("other paths have no room", () => {
	for (const path of ["/", "/r", "/r/", "/rooms/kitchen", "/r/%E0%A4%A"]) assert.equal(roomOfPath(path), undefined);
});

test("the path of a message yields its room and its seq again", () => {
	for (const room of ["kitchen", "a/b?c#d", "..", "17"]) {
		const path = pathOfMessage(room, 17);
		assert.deepEqual([roomOfPath(path), messageOfPath(path)], [room, 17]);
	}
});

test("a path whose last part is not a seq has no message", () => {
	for (const path of ["/r/kitchen", "/r/kitchen/", "/r/kitchen/0", "/r/kitchen/1.5", "/r/kitchen/1/2", "/r//7", "/"])
		assert.equal(messageOfPath(path), undefined, path);
});
