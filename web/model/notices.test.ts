import assert from "node:assert/strict";
import { test } from "node:test";
import type { Notice } from "../../app/protocol/server.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { createNotices } from "./notices.ts";

test("the newest three notices are shown until they are dismissed", () => {
	let receive = (_notice: Notice) => {};
	const on = ((_event: string, listener: typeof receive) => {
		receive = listener;
		return () => {};
	}) as ServerConnection["on"];
	const notices = createNotices({ on });
	const texts = () => notices.shown.value.map(({ text }) => text);
	for (const text of ["one", "two", "three", "three"]) receive({ text, createdAt: 1 });
	assert.deepEqual(texts(), ["two", "three", "three"]);
	notices.dismiss(notices.shown.value[1]!.key);
	assert.deepEqual(texts(), ["two", "three"]);
});
