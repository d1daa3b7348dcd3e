import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "./check.ts";
import type { PersonRecord, Said, Stored, Told } from "./record.ts";

const ROOM = "lobby";

/** What Ada says and how it is stored, acked and told to her and to Bob, when all goes well; each test spoils one thing. */
function wellKept() {
	const rows: Stored[] = [1, 2, 3].map((seq) => ({ seq, author: "ada", clientId: `id ${seq}`, body: `text ${seq}` }));
	const said: Said[] = rows.map(({ seq, clientId, body }) => {
		return { clientId, body, line: 1, saidAt: 0, acks: [{ seq, line: 1, at: 1 }], refusals: 0 };
	});
	const told = (): Told[] => rows.map(({ seq, author, body }) => ({ seq, author, body, line: 1, at: 1 }));
	const person = (author: string): PersonRecord => {
		return { author, room: ROOM, said: [], episodes: [{ since: 0, told: told() }], toldBeforeAck: 0, missedOnLine: 0 };
	};
	const ada = { ...person("ada"), said };
	return { rows, ada, bob: person("bob"), shown: (who: PersonRecord) => who.episodes[0]!.told };
}

type World = ReturnType<typeof wellKept>;

function judge({ rows, ada, bob }: World) {
	const verdict = check([ada, bob], new Map([[ROOM, rows]]));
	const { lost, duplicated, holes, outOfOrder, unacked } = verdict;
	return { holds: verdict.holds, found: { lost, duplicated, holes, outOfOrder, unacked } };
}

const NOTHING = { lost: 0, duplicated: 0, holes: 0, outOfOrder: 0, unacked: 0 };

test("what was well kept holds", () => {
	assert.deepEqual(judge(wellKept()), { holds: true, found: NOTHING });
});

const SPOILT: { what: string; spoil: (world: World) => void; found: Partial<typeof NOTHING> }[] = [
	{
		what: "acked and not in the store",
		spoil: ({ rows, ada, bob, shown }) => {
			rows.pop();
			shown(ada).pop();
			shown(bob).pop();
		},
		found: { lost: 1 },
	},
	{
		what: "told and not in the store",
		spoil: ({ bob, shown }) => shown(bob).push({ seq: 4, author: "eve", body: "never stored", line: 1, at: 1 }),
		found: { lost: 1 },
	},
	{
		what: "stored twice",
		spoil: ({ rows, ada, bob, shown }) => {
			rows.push({ ...rows[0]!, seq: 4, clientId: "id 4" });
			for (const who of [ada, bob]) shown(who).push({ ...shown(who)[0]!, seq: 4 });
		},
		found: { duplicated: 1 },
	},
	{
		what: "told twice",
		spoil: ({ bob, shown }) => shown(bob).push(shown(bob)[2]!),
		found: { duplicated: 1 },
	},
	{
		what: "acked under two seqs",
		spoil: ({ ada }) => ada.said[0]!.acks.push({ seq: 3, line: 2, at: 2 }),
		found: { duplicated: 1 },
	},
	{
		what: "a hole in the store",
		spoil: ({ rows, ada, bob, shown }) => {
			rows[2]!.seq = 5;
			ada.said[2]!.acks[0]!.seq = 5;
			for (const who of [ada, bob]) shown(who).pop();
			for (const who of [ada, bob]) who.episodes.push({ since: 4, told: [{ ...rows[2]!, line: 2, at: 2 }] });
		},
		found: { holes: 2 },
	},
	{ what: "a hole on a screen", spoil: ({ bob, shown }) => shown(bob).splice(1, 1), found: { holes: 1 } },
	{ what: "the end never told", spoil: ({ bob, shown }) => shown(bob).splice(1), found: { holes: 2 } },
	{
		what: "a hole on a line that was healed",
		spoil: ({ bob }) => {
			bob.missedOnLine = 2;
		},
		found: { holes: 2 },
	},
	{
		what: "told in another order",
		spoil: ({ bob, shown }) => shown(bob).unshift(...shown(bob).splice(1, 1)),
		found: { holes: 1, outOfOrder: 1 },
	},
	{
		what: "told otherwise than stored",
		spoil: ({ bob, shown }) => {
			shown(bob)[1]!.body = "another text";
		},
		found: { outOfOrder: 1 },
	},
	{
		what: "acked under another seq than stored",
		spoil: ({ ada }) => {
			ada.said[2]!.acks[0]!.seq = 4;
		},
		found: { outOfOrder: 1 },
	},
	{ what: "sent in another order", spoil: ({ ada }) => ada.said.reverse(), found: { outOfOrder: 2 } },
	{
		what: "told before the ack",
		spoil: ({ ada }) => {
			ada.toldBeforeAck = 1;
		},
		found: { outOfOrder: 1 },
	},
	{
		what: "never acked",
		spoil: ({ ada }) => {
			ada.said[1]!.acks = [];
		},
		found: { unacked: 1 },
	},
];

for (const { what, spoil, found } of SPOILT) {
	test(`the checker finds what is ${what}`, () => {
		const world = wellKept();
		spoil(world);
		assert.deepEqual(judge(world), { holds: false, found: { ...NOTHING, ...found } });
	});
}

test("whoever starts over is owed what follows their new start, and only that", () => {
	const world = wellKept();
	world.bob.episodes = [
		{ since: 0, told: world.shown(world.bob).slice(0, 1) },
		{ since: 2, told: world.shown(world.bob).slice(2) },
	];
	assert.equal(judge(world).holds, true);
});

test("a message that was refused first, or sent again on a new line, may stand behind a later one", () => {
	const refused = wellKept();
	refused.ada.said.reverse();
	for (const said of refused.ada.said) said.refusals = 1;
	assert.equal(judge(refused).holds, true);
	const resent = wellKept();
	resent.ada.said.reverse();
	for (const { acks } of resent.ada.said) acks[0]!.line = 2;
	assert.equal(judge(resent).holds, true);
});
