import { append, row } from "../testing/conversation.ts";
import { testSpoilt } from "../testing/spoilt.ts";

testSpoilt([
	{
		what: "a clientId stored twice",
		spoil: ({ stored }) => {
			stored[1]!.clientId = "id 1";
		},
		found: ["duplicated", "lost", "altered"],
	},
	{
		what: "a reaction stored twice",
		spoil: (world) => append(world, row(10, { kind: "reaction", target: 2, emoji: "👍", isOn: 1, clientId: null })),
		found: ["duplicated"],
	},
	{
		what: "a removal stored twice",
		spoil: (world) => append(world, row(10, { kind: "removal", target: 3, clientId: null })),
		found: ["duplicated"],
	},
	{
		what: "a gap in the store",
		spoil: ({ stored, ada, bob, receivedBy, sentAs }) => {
			stored[8]!.seq = 11;
			sentAs(ada, 9).acks[0]!.seq = 11;
			for (const user of [ada, bob]) {
				const { entry, ...last } = receivedBy(user).pop()!;
				user.segments.push({ since: 10, received: [{ ...last, entry: { ...entry, seq: 11 }, head: 11 }] });
				user.view = undefined;
				user.pages = [];
			}
		},
		found: ["gaps"],
	},
	{
		what: "a text in the store after it was edited away",
		spoil: ({ stored }) => {
			stored[0]!.body = "text 1";
		},
		found: ["unerased"],
	},
	{
		what: "a text in the store after it was removed",
		spoil: ({ stored }) => {
			stored[2]!.body = "text 3";
		},
		found: ["unerased"],
	},
]);
