import assert from "node:assert/strict";
import { test } from "node:test";
import { type BoundFile, checkFiles, type SentMessage } from "./check-files.ts";

/** Two messages with a file each, and a third one that was removed. */
function intact() {
	const sent: SentMessage[] = [1, 2, 3].map((n) => ({
		clientId: `id ${n}`,
		files: [{ id: `file ${n}`, hash: `hash ${n}` }],
		seq: n,
		isRemoved: n === 3,
	}));
	const bound: BoundFile[] = [1, 2].map((n) => ({ id: `file ${n}`, kind: "message", clientId: `id ${n}` }));
	const contents = new Map([1, 2].map((n) => [`file ${n}`, `hash ${n}`]));
	return { sent, bound, contents };
}

type World = ReturnType<typeof intact>;

test("nothing is found where every message has its files", () => {
	const { sent, bound, contents } = intact();
	const findings = checkFiles(sent, bound, contents);
	assert.deepEqual([findings.problems, findings.sent, findings.acked], [[], 3, 3]);
});

const SPOILT: [what: string, spoil: (world: World) => void, found: RegExp][] = [
	["a message without its file", ({ bound }) => bound.pop(), /seq 2 has lost its file file 2/],
	["a file without its content", ({ contents }) => contents.delete("file 2"), /content of the file file 2 .* missing/],
	["a content without its message", ({ contents }) => contents.set("file 3", "x"), /content file 3 is stored/],
	["a content that is not what was uploaded", ({ contents }) => contents.set("file 1", "x"), /not what was uploaded/],
	["a file of another message", ({ bound }) => Object.assign(bound[0]!, { clientId: "id 2" }), /seq 1 has lost/],
	["a file of a removed message", ({ bound }) => Object.assign(bound[1]!, { kind: "erased" }), /belongs to erased/],
	["a message without an ack", ({ sent }) => Object.assign(sent[0]!, { seq: undefined }), /has no ack/],
];

for (const [what, spoil, found] of SPOILT)
	test(`the checker finds ${what}`, () => {
		const world = intact();
		spoil(world);
		assert.match(checkFiles(world.sent, world.bound, world.contents).problems.join("\n"), found);
	});
