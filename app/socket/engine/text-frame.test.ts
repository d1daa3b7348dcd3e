import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import * as ws from "ws";
import { textFrame } from "./text-frame.ts";

/** It is missing in the types of ws. */
const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, how: object): Buffer[] } };

/** Returns the frame that ws writes for a server. */
function framedByWs(text: string): Buffer {
	const options = { fin: true, opcode: 1, mask: false, rsv1: false, readOnly: false };
	return Buffer.concat(Sender.frame(Buffer.from(text), options));
}

test("a frame has the same bytes as that of ws, at each length where the header changes", () => {
	for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 400_000])
		assert.ok(textFrame("x".repeat(length)).equals(framedByWs("x".repeat(length))), `${length} characters`);
});

test("the length of a text that is not ASCII is in bytes", () => {
	for (const text of ["é".repeat(63), "字".repeat(42), "👩‍🚀".repeat(9_000), "half of a pair: \ud83d"])
		assert.ok(textFrame(text).equals(framedByWs(text)), text.slice(0, 20));
});
