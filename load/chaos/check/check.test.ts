import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHistories } from "./check.ts";
import type { ReceivedEntry, SentMessage, StoredMessage, UserHistory } from "./history.ts";

const ROOM = "lobby";

/** Messages of Ada that are stored, acked, and received by her and by Bob as they must be. Each test spoils one thing. */
function intact() {
	const stored: StoredMessage[] = [1, 2, 3].map((seq) => ({
		seq,
		author: "ada",
		clientId: `id ${seq}`,
		body: `text ${seq}`,
	}));
	const sent: SentMessage[] = stored.map(({ seq, clientId, body }) => {
		return { clientId, body, connection: 1, sentAt: 0, acks: [{ seq, connection: 1, at: 1 }], refusals: 0 };
	});
	const received = (): ReceivedEntry[] =>
		stored.map(({ seq, author, body }) => ({ seq, author, body, connection: 1, at: 1 }));
	const historyOf = (user: string): UserHistory => {
		const segments = [{ since: 0, received: received() }];
		return { user, room: ROOM, sent: [], segments, receivedBeforeAck: 0, missedWhileConnected: 0 };
	};
	const ada = { ...historyOf("ada"), sent };
	return { stored, ada, bob: historyOf("bob"), receivedBy: (user: UserHistory) => user.segments[0]!.received };
}

type World = ReturnType<typeof intact>;

function check({ stored, ada, bob }: World) {
	const findings = checkHistories([ada, bob], new Map([[ROOM, stored]]));
	const { lost, duplicated, gaps, outOfOrder, unacked } = findings;
	return { hasProblems: findings.hasProblems, found: { lost, duplicated, gaps, outOfOrder, unacked } };
}

const NOTHING = { lost: 0, duplicated: 0, gaps: 0, outOfOrder: 0, unacked: 0 };

test("intact histories have no problems", () => {
	assert.deepEqual(check(intact()), { hasProblems: false, found: NOTHING });
});

const SPOILT: { what: string; spoil: (world: World) => void; found: Partial<typeof NOTHING> }[] = [
	{
		what: "a message acked and not in the store",
		spoil: ({ stored, ada, bob, receivedBy }) => {
			stored.pop();
			receivedBy(ada).pop();
			receivedBy(bob).pop();
		},
		found: { lost: 1 },
	},
	{
		what: "an entry received and not in the store",
		spoil: ({ bob, receivedBy }) =>
			receivedBy(bob).push({ seq: 4, author: "eve", body: "never stored", connection: 1, at: 1 }),
		found: { lost: 1 },
	},
	{
		what: "a message stored twice",
		spoil: ({ stored, ada, bob, receivedBy }) => {
			stored.push({ ...stored[0]!, seq: 4, clientId: "id 4" });
			for (const user of [ada, bob]) receivedBy(user).push({ ...receivedBy(user)[0]!, seq: 4 });
		},
		found: { duplicated: 1 },
	},
	{
		what: "an entry received twice",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).push(receivedBy(bob)[2]!),
		found: { duplicated: 1 },
	},
	{
		what: "a message acked under two seqs",
		spoil: ({ ada }) => ada.sent[0]!.acks.push({ seq: 3, connection: 2, at: 2 }),
		found: { duplicated: 1 },
	},
	{
		what: "a gap in the store",
		spoil: ({ stored, ada, bob, receivedBy }) => {
			stored[2]!.seq = 5;
			ada.sent[2]!.acks[0]!.seq = 5;
			for (const user of [ada, bob]) receivedBy(user).pop();
			for (const user of [ada, bob])
				user.segments.push({ since: 4, received: [{ ...stored[2]!, connection: 2, at: 2 }] });
		},
		found: { gaps: 2 },
	},
	{ what: "a gap at a user", spoil: ({ bob, receivedBy }) => receivedBy(bob).splice(1, 1), found: { gaps: 1 } },
	{
		what: "an end that was not received",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).splice(1),
		found: { gaps: 2 },
	},
	{
		what: "a gap that was filled",
		spoil: ({ bob }) => {
			bob.missedWhileConnected = 2;
		},
		found: { gaps: 2 },
	},
	{
		what: "an entry received in another order",
		spoil: ({ bob, receivedBy }) => receivedBy(bob).unshift(...receivedBy(bob).splice(1, 1)),
		found: { gaps: 1, outOfOrder: 1 },
	},
	{
		what: "an entry received otherwise than stored",
		spoil: ({ bob, receivedBy }) => {
			receivedBy(bob)[1]!.body = "another text";
		},
		found: { outOfOrder: 1 },
	},
	{
		what: "a message acked under another seq than stored",
		spoil: ({ ada }) => {
			ada.sent[2]!.acks[0]!.seq = 4;
		},
		found: { outOfOrder: 1 },
	},
	{
		what: "messages stored in another order than sent",
		spoil: ({ ada }) => ada.sent.reverse(),
		found: { outOfOrder: 2 },
	},
	{
		what: "an entry received before the ack",
		spoil: ({ ada }) => {
			ada.receivedBeforeAck = 1;
		},
		found: { outOfOrder: 1 },
	},
	{
		what: "a message never acked",
		spoil: ({ ada }) => {
			ada.sent[1]!.acks = [];
		},
		found: { unacked: 1 },
	},
];

for (const { what, spoil, found } of SPOILT) {
	test(`the checker finds ${what}`, () => {
		const world = intact();
		spoil(world);
		assert.deepEqual(check(world), { hasProblems: true, found: { ...NOTHING, ...found } });
	});
}

test("a user who starts over is owed what follows the new start, and only that", () => {
	const world = intact();
	world.bob.segments = [
		{ since: 0, received: world.receivedBy(world.bob).slice(0, 1) },
		{ since: 2, received: world.receivedBy(world.bob).slice(2) },
	];
	assert.equal(check(world).hasProblems, false);
});

test("a message that was refused first, or sent again on a new connection, may be stored behind a later one", () => {
	const refused = intact();
	refused.ada.sent.reverse();
	for (const sent of refused.ada.sent) sent.refusals = 1;
	assert.equal(check(refused).hasProblems, false);
	const resent = intact();
	resent.ada.sent.reverse();
	for (const { acks } of resent.ada.sent) acks[0]!.connection = 2;
	assert.equal(check(resent).hasProblems, false);
});
