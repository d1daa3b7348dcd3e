import assert from "node:assert/strict";
import { test } from "node:test";
import { append, intact, row } from "../testing/conversation.ts";
import { assertIntact, check, testSpoilt } from "../testing/spoilt.ts";

testSpoilt([
	{
		what: "a message acked and not in the store",
		spoil: ({ ada }) => {
			ada.sent.push({ ...ada.sent[0]!, clientId: "id 10", command: { kind: "message", body: "text 10" } });
		},
		found: ["lost", "outOfOrder"],
	},
	{
		what: "a change acked and not in the store",
		spoil: ({ ada, sentAs }) => {
			sentAs(ada, 9).clientId = "another id";
		},
		found: ["lost"],
	},
	{
		what: "an edit acked and stored with another text",
		spoil: ({ ada, sentAs }) => {
			sentAs(ada, 5).command = { kind: "edit", target: 1, body: "another text" };
		},
		found: ["lost", "altered"],
	},
	{
		what: "a reaction acked and stored as its opposite",
		spoil: ({ bob, sentAs }) => {
			sentAs(bob, 6).command = { kind: "reaction", target: 2, emoji: "👍", on: false };
		},
		found: ["lost"],
	},
	{
		what: "a change refused although its message is there",
		spoil: ({ ada, sentAs }) => {
			Object.assign(sentAs(ada, 9), { acks: [], hasNoTarget: true });
		},
		found: ["lost"],
	},
	{
		what: "a message acked under two seqs",
		spoil: ({ ada }) => ada.sent[0]!.acks.push({ seq: 3, connection: 2, at: 2 }),
		found: ["duplicated"],
	},
	{
		what: "a command acked under another seq than stored",
		spoil: ({ ada, sentAs }) => {
			sentAs(ada, 9).acks[0]!.seq = 10;
		},
		found: ["outOfOrder"],
	},
	{
		what: "commands stored in another order than sent",
		spoil: ({ ada }) => ada.sent.reverse(),
		found: ["outOfOrder"],
	},
	{
		what: "a command never acked",
		spoil: ({ ada }) => {
			ada.sent[4]!.acks = [];
		},
		found: ["unacked"],
	},
]);

test("an entry that is stored in a user's name, who did not send it, is found", () => {
	const world = intact();
	append(world, row(10, { kind: "reaction", target: 1, emoji: "🎉", isOn: 1, clientId: "nobody's" }));
	assert.match(check(world).findings.problems.join("\n"), /never sent it/);
});

test("a command that was refused first, or sent again on a new connection, may be stored behind a later one", () => {
	const refused = intact();
	refused.ada.sent.reverse();
	for (const sent of refused.ada.sent) sent.refusals = 1;
	assertIntact(refused);
	const resent = intact();
	resent.ada.sent.reverse();
	for (const { acks } of resent.ada.sent) acks[0]!.connection = 2;
	assertIntact(resent);
});

test("a change of a message that was removed may be refused, if it is not in the log", () => {
	const world = intact();
	const command = { kind: "reaction", target: 3, emoji: "🎉", on: true } as const;
	world.bob.sent.push({ ...world.bob.sent[0]!, clientId: "id 10", command, acks: [], hasNoTarget: true });
	assertIntact(world);
});
