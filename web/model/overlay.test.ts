import assert from "node:assert/strict";
import { test } from "node:test";
import { withChanges } from "./overlay.ts";
import { ADA_USER } from "./testing/entries.ts";

test("a message keeps its files while an edit of its text is pending", () => {
	const files = [{ id: "1", name: "a.png", type: "image/png", bytes: 1 }];
	const sent = { clientId: "c", room: "kitchen", createdAt: 1, order: 1, state: "queued" as const, target: 1 };
	const edit = { ...sent, kind: "edit" as const, body: "changed" };
	const changed = withChanges({ content: { body: "" }, files }, [edit], ADA_USER);
	assert.deepEqual([changed?.content, changed?.files], [{ body: "changed" }, files]);
});
