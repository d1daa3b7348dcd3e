import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTION_NAMES, type Mix, readMix, type UserAction } from "../command-line/mix.ts";
import { Actions } from "./actions.ts";
import { RecentMessages } from "./recent-messages.ts";

type Request = [event: string, payload: Record<string, unknown>];

/** Returns what a user sends in some turns of a room that has messages of others, and whose server accepts everything. */
function turnsOf(mix: Partial<Mix>, turns: number, messages = 5): Request[] {
	const recent = new RecentMessages();
	for (let seq = 1; seq <= messages; seq++) {
		recent.add({ kind: "message", seq, author: { id: "other", name: "Other" }, createdAt: 0, body: "hello" });
	}
	const sent: Request[] = [];
	const actor = {
		user: 1,
		room: "room",
		text: "text",
		recent,
		oldest: () => undefined,
		emit: (event: string, { clientId: _, ...payload }: Record<string, unknown>, onAck: (ack: never) => void) => {
			sent.push([event, payload]);
			onAck({ ok: true, data: { seq: 100 + sent.length, createdAt: 0 } } as never);
		},
		upload: (_room: string, onStored: (id: string) => void) => onStored("a file"),
		dropConnection: (onResumed: () => void) => {
			sent.push(["drop", {}]);
			onResumed();
		},
	};
	const actions = new Actions(actor, readMix({ send: 1e-9, ...mix }) as Mix);
	let done = 0;
	for (let turn = 0; turn < turns; turn++) actions.act(() => done++);
	assert.equal(done, turns);
	return sent;
}

const only = (action: UserAction, turns = 1) => turnsOf({ [action]: 1 }, turns);

test("each action sends what it is named for", () => {
	const reply = Number(only("reply")[0]![1].reply);
	assert.deepEqual(only("send"), [["message:send", { room: "room", body: "text" }]]);
	assert.deepEqual(only("mention")[0]![1].mentions, ["other"]);
	assert.ok(reply >= 1 && reply <= 5);
	assert.deepEqual(only("share"), [["message:send", { room: "room", body: "text", files: ["a file"] }]]);
	assert.equal(only("react")[0]![1].on, true);
	assert.equal(only("page")[0]![0], "message:history");
	assert.ok("root" in only("thread")[0]![1]);
	assert.equal(only("around")[0]![0], "message:around");
	assert.deepEqual(
		only("rejoin").map(([event]) => event),
		["room:leave", "room:join"],
	);
	assert.deepEqual(only("reconnect"), [["drop", {}]]);
});

test("a user changes only what is their own, and a message is sent where there is nothing to change", () => {
	for (const action of ["edit", "remove", "unreact"] as const) {
		assert.equal(only(action)[0]![0], "message:send", action);
	}
	assert.deepEqual(only("edit", 3).slice(1), [
		["message:edit", { room: "room", target: 101, body: "text" }],
		["message:edit", { room: "room", target: 101, body: "text" }],
	]);
	const removals = only("remove", 4);
	assert.deepEqual(
		removals.map(([event, { target }]) => [event, target]),
		[
			["message:send", undefined],
			["message:remove", 101],
			["message:send", undefined],
			["message:remove", 103],
		],
	);
	assert.equal(turnsOf({ reply: 1 }, 1, 0)[0]![1].reply, undefined);
});

test("no reaction is set twice, and each that is taken back was set", () => {
	const sent = turnsOf({ react: 3, unreact: 1 }, 60);
	const reactions = sent.filter(([event]) => event === "reaction:set").map(([, payload]) => payload);
	const names = reactions.map(({ target, emoji, on }) => `${target} ${emoji} ${on}`);
	assert.equal(new Set(names).size, names.length);
	for (const { target, emoji, on } of reactions) {
		if (!on) assert.ok(names.includes(`${target} ${emoji} true`));
	}
	assert.ok(reactions.some(({ on }) => !on));
});

test("what a user does is the same in every run", () => {
	const mix = Object.fromEntries(ACTION_NAMES.map((name) => [name, 1]));
	assert.deepEqual(turnsOf(mix, 50), turnsOf(mix, 50));
});

test("a removed message is not chosen", () => {
	const recent = new RecentMessages();
	recent.add({ kind: "message", seq: 1, author: { id: "a", name: "A" }, createdAt: 0, body: "hello" });
	recent.add({ kind: "removal", seq: 2, target: 1, createdAt: 0 });
	assert.equal(recent.pick({ next: () => 0 } as never), undefined);
});
