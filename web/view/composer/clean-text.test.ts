import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { MessageSendSchema } from "../../../app/protocol/schemas/message.ts";
import { cleanText } from "./clean-text.ts";

test("characters that the server refuses are removed, and line breaks of every kind are kept", () => {
	assert.equal(cleanText("a\u000bb\u000cc\u0085d\u2028e\nf\r\ng\th"), "a\nb\nc\nd\ne\nf\r\ng\th");
	assert.equal(cleanText("nul\u0000 esc\u001b[2J lone\ud800 half\udc00 pair 👋"), "nul esc[2J lone half pair 👋");
});

test("the server accepts every character that is left", () => {
	const clientId = "0f7388b4-5a77-4c3e-9d7c-0a1b2c3d4e5f";
	for (let unit = 0; unit <= 0xffff; unit++) {
		const body = `a${cleanText(String.fromCharCode(unit))}`;
		assert.ok(v.safeParse(MessageSendSchema, { room: "lobby", clientId, body }).success, unit.toString(16));
	}
});
