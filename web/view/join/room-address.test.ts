import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOfRoom, roomOfPath } from "./room-address.ts";

test("a room's path leads back to its name", () => {
	for (const room of ["kitchen", "ada & bob", "a/b?c#d", "100 %", "كوكب", "🍲", "..", "__proto__"]) {
		assert.equal(roomOfPath(pathOfRoom(room)), room);
	}
});

test("other paths name no room", () => {
	for (const path of ["/", "/r", "/r/", "/rooms/kitchen", "/r/%E0%A4%A"]) assert.equal(roomOfPath(path), undefined);
});
