import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOfRoom, roomOfPath } from "./room-address.ts";

test("the path of a room yields its name again", () => {
	for (const room of ["kitchen", "ada & bob", "a/b?c#d", "100 %", "كوكب", "🍲", "..", "__proto__"]) {
		assert.equal(roomOfPath(pathOfRoom(room)), room);
	}
});

test("other paths have no room", () => {
	for (const path of ["/", "/r", "/r/", "/rooms/kitchen", "/r/%E0%A4%A"]) assert.equal(roomOfPath(path), undefined);
});
