import assert from "node:assert/strict";
import { test } from "node:test";
import { linkify } from "../message/linkify.ts";
import { messageOfPath, pathOfMessage, pathOfRoom, roomOfPath } from "./room-address.ts";

const ROOMS = [
	"kitchen",
	"ada & bob",
	"a/b?c#d",
	"100 %",
	"كوكب",
	"🍲",
	"__proto__",
	"...",
	"a.",
	"_a_",
	"standup!",
].concat([".", "..", "what?", "(a", "a)", "it's'", "a*", "~", "a~", "-", "%2e%2e", "。", "待機…"]);

test("the path of a room yields its name again", () => {
	for (const room of ROOMS) assert.equal(roomOfPath(pathOfRoom(room)), room);
});

test("the link of a room stays whole in a browser and in a message", () => {
	for (const room of ROOMS) {
		const link = `https://chat.example${pathOfRoom(room)}`;
		assert.equal(roomOfPath(new URL(link).pathname), room);
		for (const after of [".", ", and", "!", ")", " x"]) {
			const [part] = linkify(`${link}${after}`);
			assert.equal(part?.text, link);
			assert.equal(roomOfPath(new URL(part.href!).pathname), room);
		}
		assert.equal(linkify(`**${link}**`.slice(2))[0]?.text, link);
	}
});

test("a slash at the end of a room's path makes no difference", () => {
	assert.equal(roomOfPath("/r/kitchen/"), "kitchen");
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
