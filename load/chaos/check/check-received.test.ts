import { test } from "node:test";
import { HEAD, intact, message } from "../testing/conversation.ts";
import { assertIntact, testSpoilt } from "../testing/spoilt.ts";

testSpoilt([
	{
		what: "an entry received and not in the store",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).push({ ...receivedBy(bob)[8]!, entry: { ...message(10) } }),
		found: ["lost"],
	},
	{
		what: "an entry received twice",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).push(receivedBy(bob)[8]!),
		found: ["duplicated"],
	},
	{ what: "a gap at a user", spoil: ({ bob, receivedBy }) => receivedBy(bob).splice(1, 1), found: ["gaps"] },
	{ what: "an end that was not received", spoil: ({ bob, receivedBy }) => receivedBy(bob).splice(7), found: ["gaps"] },
	{
		what: "a gap that was filled",
		spoil: ({ bob }) => {
			bob.missedWhileConnected = 2;
		},
		found: ["gaps"],
	},
	{
		what: "an entry received in another order",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).unshift(...receivedBy(bob).splice(1, 1)),
		found: ["gaps", "outOfOrder"],
	},
	{
		what: "a message received with another text than any that it had",
		spoil: ({ bob, receive }) => receive(bob, 1, { body: "another text" }),
		found: ["altered"],
	},
	{
		what: "a reaction received with another emoji",
		spoil: ({ bob, receive }) => receive(bob, 6, { emoji: "🎉" }),
		found: ["altered"],
	},
	{
		what: "an entry received as erased that is not",
		spoil: ({ bob, receive }) => receive(bob, 2, { kind: "erased" }),
		found: ["altered"],
	},
	{
		what: "a text received after it was edited away",
		spoil: ({ bob, receive }) => receive(bob, 1, {}, HEAD),
		found: ["unerased"],
	},
	{
		what: "a former edit received after the next one",
		spoil: ({ bob, receive }) => receive(bob, 4, {}, HEAD),
		found: ["unerased"],
	},
	{
		what: "a message received after it was removed",
		spoil: ({ bob, receive }) => receive(bob, 3, {}, HEAD),
		found: ["unerased"],
	},
	{
		what: "an entry received before the ack",
		spoil: ({ ada }) => {
			ada.receivedBeforeAck = 1;
		},
		found: ["outOfOrder"],
	},
]);

test("a user who starts over is owed what follows the new start, and only that", () => {
	const world = intact();
	world.bob.segments = [
		{ since: 0, received: world.receivedBy(world.bob).slice(0, 1) },
		{ since: 2, received: world.receivedBy(world.bob).slice(2) },
	];
	assertIntact(world);
});

test("a log that is read later has the texts of later edits, and erased entries", () => {
	const world = intact();
	world.receive(world.bob, 1, { body: "edit 5" }, HEAD);
	world.receive(world.bob, 3, { kind: "erased" }, HEAD);
	world.receive(world.bob, 4, { kind: "erased" }, HEAD);
	assertIntact(world);
});
