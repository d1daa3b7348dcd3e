import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditInfo } from "../../../app/protocol/audit.ts";
import { auditSentence } from "./audit-sentence.ts";

test("A6 each action is one sentence, with its author, target and reason", () => {
	const sentences: [Omit<AuditInfo, "id" | "createdAt">, string][] = [
		[
			{ act: "ban", target: { user: "u1", name: "Ada", room: "kitchen" }, by: "Eve (e1)", reason: "spam" },
			"Eve (e1) banned Ada from kitchen: spam",
		],
		[{ act: "kick", target: { user: "u1" } }, "An admin banned u1 from the chat"],
		[{ act: "unban", target: { address: "192.0.2.7" } }, "An admin lifted the ban of 192.0.2.7 from the chat"],
		[{ act: "remove_message", target: { room: "~", seq: 7 } }, "An admin removed message 7 in a private room"],
		[{ act: "set_role", target: { user: "u1", role: "owner" } }, "An admin made u1 an owner"],
		[{ act: "set_role", target: { user: "u1", role: "guest" } }, "An admin made u1 a guest"],
		[{ act: "set_access", target: { access: "invited" } }, "An admin let in people with an invitation"],
		[{ act: "notice", target: { text: "Hello" } }, "An admin sent everybody “Hello”"],
		[{ act: "claim", target: { user: "u1", name: "Ada" }, by: "Ada (u1)" }, "Ada (u1) became the owner"],
		[{ act: "close_report", target: { report: 3 } }, "An admin closed a report"],
	];
	for (const [entry, sentence] of sentences) assert.equal(auditSentence({ id: 1, createdAt: 1, ...entry }), sentence);
	const until = auditSentence({ id: 1, createdAt: 1, act: "ban", target: { user: "u1", until: Date.now() } });
	assert.match(until, /^An admin banned u1 from the chat until \d+ \w+,? /);
});
