import { test } from "node:test";
import type { Entry } from "../../../app/protocol/log.ts";
import { ADA, append, BOB, FILLER, intact, message, row, withoutMine } from "../testing/conversation.ts";
import { assertIntact, testSpoilt } from "../testing/spoilt.ts";
import { RoomView } from "../users/room-view.ts";

testSpoilt([
	{
		what: "a message read with a text that was edited away",
		spoil: ({ bob, read }) => read(bob, 1, { rev: 4, body: "edit 4", editedAt: 4 }),
		found: ["unerased"],
	},
	{
		what: "a message read after it was removed",
		spoil: ({ bob }) => {
			bob.pages[0] = { ...bob.pages[0]!, messages: [{ ...message(3), rev: 3 }, ...bob.pages[0]!.messages] };
		},
		found: ["unerased"],
	},
	{
		what: "a message read without a reaction",
		spoil: ({ bob, read }) => read(bob, 2, { reactions: [{ emoji: "👍", count: 1, users: [BOB], mine: true }] }),
		found: ["altered"],
	},
	{
		what: "a message read in a former state",
		spoil: ({ bob, read }) =>
			read(bob, 2, { rev: 7, reactions: [{ emoji: "👍", count: 1, users: [BOB], mine: true }] }),
		found: ["altered"],
	},
	{
		what: "a message read with somebody else's reaction as one's own",
		spoil: ({ ada, bob }) => {
			bob.pages = ada.pages;
			ada.sent.at(-1)!.command = { kind: "reaction", target: 2, emoji: "👍", on: true };
			ada.pages = [];
			bob.pages[0] = { ...bob.pages[0]!, messages: bob.pages[0]!.messages.map((one) => withoutMine(one)) };
		},
		found: ["altered"],
	},
	{
		what: "a message read with another number of replies",
		spoil: ({ bob, read }) => read(bob, 2, { replies: 2 }),
		found: ["altered"],
	},
	{
		what: "a message missing on a page",
		spoil: ({ bob }) => {
			bob.pages[0] = { ...bob.pages[0]!, messages: bob.pages[0]!.messages.slice(1) };
		},
		found: ["altered"],
	},
	{
		what: "a client that shows another state than the log's",
		spoil: ({ bob }) => {
			const view = new RoomView(BOB.id, 1, [...bob.view!.messages.values()]);
			view.apply({ kind: "reaction", seq: 10, createdAt: 10, user: ADA, target: 1, emoji: "🎉", on: true });
			bob.view = view;
		},
		found: ["altered"],
	},
	{
		what: "a client that shows a removed message",
		spoil: ({ bob }) => {
			bob.view = new RoomView(BOB.id, 1, [...bob.view!.messages.values(), { ...message(3), rev: 3 }]);
		},
		found: ["unerased"],
	},
]);

test("a page may be newer than the head that it names, and older than the log's", () => {
	const world = intact();
	const [page] = world.bob.pages;
	world.bob.pages = [{ ...page!, head: 8 }];
	assertIntact(world);
	const early = new RoomView(BOB.id, 1, []);
	for (const { entry } of world.receivedBy(world.bob).slice(0, 7)) early.apply(entry);
	world.bob.pages = [{ from: 1, to: 7, head: 7, messages: [...early.messages.values()] }];
	assertIntact(world);
});

test("the texts of users whose histories are unknown are not compared once they are erased", () => {
	const world = intact();
	append(world, row(10, { author: "eve", body: FILLER }));
	append(world, row(11, { author: "eve", kind: "edit", target: 10, body: "edit 11" }));
	for (const { view, segments } of [world.ada, world.bob]) {
		const entries: Entry[] = [
			{ kind: "message", seq: 10, createdAt: 10, author: { id: "eve", name: "Eve" }, body: "what nobody knows" },
			{ kind: "edit", seq: 11, createdAt: 11, author: { id: "eve", name: "Eve" }, target: 10, body: "edit 11" },
		];
		segments[0]!.received.splice(9);
		for (const entry of entries) {
			segments[0]!.received.push({ entry, head: entry.seq, connection: 1, at: 1 });
			(view as RoomView).apply(entry);
		}
	}
	assertIntact(world);
});
