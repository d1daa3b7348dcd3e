import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../../app/protocol/message.ts";
import { Random } from "../../kit/random.ts";
import { nextCommand } from "./next-command.ts";

function messageOf(seq: number, author: string): [number, Message] {
	return [seq, { seq, rev: seq, author: { id: author, name: author }, createdAt: 0, body: `${seq}` }];
}

test("reactions are to messages of the group, edits and removals to one's own", () => {
	const messages = new Map([
		messageOf(1, "stranger"),
		messageOf(2, "peer"),
		messageOf(3, "own"),
		messageOf(4, "stranger"),
	]);
	const situation = {
		user: "own",
		group: new Set(["own", "peer"]),
		messages,
		unacked: [],
		hasReacted: () => false,
	};
	const random = new Random("next command");
	const targets = { reaction: new Set<number>(), edit: new Set<number>(), removal: new Set<number>() };
	for (let turn = 0; turn < 1_000; turn++) {
		const command = nextCommand(situation, "text", random);
		if (command.kind in targets && "target" in command)
			targets[command.kind as keyof typeof targets].add(command.target);
	}
	assert.deepEqual([...targets.reaction].sort(), [2, 3]);
	assert.deepEqual([...targets.edit], [3]);
	assert.deepEqual([...targets.removal], [3]);
});
