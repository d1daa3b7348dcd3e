import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import { identify } from "../ledger/identify.ts";
import { writeOf } from "./write.ts";

const from = { run: "run", sender: 7, n: 3, intendedUs: 500 };
const user = { id: "u", name: "user 7" };

/** Returns the id of a request and that of the entry which a server makes of it. */
function ids(event: string, payload: Record<string, unknown>, entry: object): [unknown, unknown] {
	const write = writeOf(event, payload, from);
	assert.ok(write);
	const appended = { seq: 9, createdAt: 0, ...entry, ...write.payload } as unknown as Entry;
	const identity = identify(appended, "run");
	assert.equal(identity?.kind, write.kind);
	return [write.id, identity?.id];
}

test("an entry has the id of the request that it came from, and each request has another", () => {
	const all = [
		ids("message:send", { body: "a" }, { kind: "message", author: user }),
		ids("message:send", { body: "a", reply: 1 }, { kind: "message", author: user }),
		ids("message:edit", { body: "a", target: 1 }, { kind: "edit", author: user }),
		ids("message:remove", { target: 1 }, { kind: "removal", by: user }),
		ids("message:remove", { target: 2 }, { kind: "removal", by: user }),
		ids("reaction:set", { target: 1, emoji: "👍", on: true }, { kind: "reaction", user }),
		ids("reaction:set", { target: 1, emoji: "👍", on: false }, { kind: "reaction", user }),
		ids("reaction:set", { target: 1, emoji: "🎉", on: true }, { kind: "reaction", user }),
	];
	for (const [request, entry] of all) assert.equal(request, entry);
	assert.equal(new Set(all.map(([id]) => id)).size, all.length);
	assert.ok(all.every(([id]) => Number.isSafeInteger(id)));
});

test("an event that appends nothing is no write, and an unknown emoji has no id", () => {
	assert.equal(writeOf("message:history", { room: "room" }, from), undefined);
	assert.equal(writeOf("reaction:set", { target: 1, emoji: "🦄", on: true }, from)?.id, undefined);
});

test("entries of other runs and of people are not identified", () => {
	const { payload } = writeOf("message:send", { body: "a" }, from)!;
	const message = { kind: "message", seq: 1, author: user, createdAt: 0, ...payload } as unknown as Entry;
	assert.equal(identify(message, "other"), undefined);
	assert.equal(identify({ ...message, body: "hello" } as Entry, "run"), undefined);
	const ada = { id: "a", name: "Ada" };
	assert.equal(
		identify({ kind: "reaction", seq: 2, target: 1, user: ada, emoji: "👍", on: true, createdAt: 0 }, "run"),
		undefined,
	);
});
