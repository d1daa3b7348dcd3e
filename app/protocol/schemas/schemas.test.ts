import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { MessageAroundSchema, MessageEditSchema, MessageHistorySchema, MessageSendSchema } from "./message.ts";
import { NameSchema, RoomSchema } from "./names.ts";
import { ReactionSetSchema } from "./reaction.ts";

const CLIENT_ID = "0f7388b4-5a77-4c3e-9d7c-0a1b2c3d4e5f";
const roomOf = (raw: unknown) => v.parse(RoomSchema, raw);

test("R1 different spellings of a name are the same room", () => {
	assert.equal(roomOf("  Lobby "), "lobby");
	assert.equal(roomOf("ＬＯＢＢＹ"), "lobby");
	assert.equal(roomOf("STRASSE"), roomOf("straße"));
	assert.equal(roomOf("ΟΔΟΣ"), roomOf("οδος"));
	assert.equal(roomOf("e\u0301te\u0301"), roomOf("été"));
	assert.equal(roomOf("two \t\n words"), "two words");
});

test("R1 normalising a room's name twice gives the same name", () => {
	for (let point = 0; point <= 0x1_ffff; point++) {
		const result = v.safeParse(RoomSchema, `a${String.fromCodePoint(point)}b`);
		if (result.success) assert.equal(roomOf(result.output), result.output, `U+${point.toString(16)}`);
	}
});

for (const [what, raw, type] of [
	["an empty name", "", "check"],
	["blanks", " \t ", "check"],
	["only invisible characters", "\u200d\u2060", "check"],
	["a control character", "a\u0000b", "check"],
	["a bidi override", "a\u202eb", "check"],
	["a lone surrogate", "a\ud800", "check"],
	["65 characters", "x".repeat(65), "max_length"],
	["a megabyte", "x".repeat(1 << 20), "max_length"],
	["64 characters that normalising makes 1,152", "\ufdfa".repeat(64), "max_length"],
	["such characters after others", `${"x".repeat(64)}${"\ufdfa".repeat(448)}`, "max_length"],
	["31 accents in a row", `a${"\u0301".repeat(31)}`, "check"],
	["a number", 7, "string"],
	["null", null, "string"],
	["an object", { toString: "x" }, "string"],
] as const) {
	test(`R1 refused as a room: ${what}`, () => {
		const result = v.safeParse(RoomSchema, raw);
		assert.ok(!result.success);
		assert.equal(result.issues[0].type, type);
	});
}

test("R1 a name that is much too long costs about as much as a short one", () => {
	const costOf = (raw: string) => {
		const costs = Array.from({ length: 10 }, () => {
			const start = process.cpuUsage();
			for (let times = 0; times < 100; times++) v.safeParse(RoomSchema, raw);
			return process.cpuUsage(start).user;
		});
		return Math.min(...costs);
	};
	const plain = costOf("x".repeat(64));
	// Normalising all of it takes a hundred times as long.
	for (const long of ["\ufdfa".repeat(512), `${"x".repeat(64)}${"\ufdfa".repeat(448)}`, "\u0301\u0316".repeat(256)])
		assert.ok(costOf(long) < 40 * Math.max(plain, 200), `${costOf(long)} µs, and ${plain} µs`);
});

for (const [what, character] of [
	["a soft hyphen", "\u00ad"],
	["an annotation mark", "\ufff9"],
	["a private-use character", "\ue000"],
	["an unassigned character", "\u0378"],
	["a noncharacter", "\uffff"],
	["a word joiner", "\u2060"],
] as const)
	test(`S1 refused in a name: ${what}`, () => assert.ok(!v.safeParse(NameSchema, `Alice${character}`).success));

test("S1 a name keeps its case and its script", () => {
	for (const name of ["Ada", "李雷", "Zoë", "محمد", "👩‍🚀", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "علی‌رضا", "__proto__"])
		assert.equal(v.parse(NameSchema, name), name);
	assert.equal(v.parse(NameSchema, "  Ada   Lovelace "), "Ada Lovelace");
});

for (const body of [
	"hi",
	" indented\n\tlines\r\n",
	"<script>alert(1)</script>",
	"مرحبا \u202bعالم\u202c",
	"👍🏽",
	"null",
	"0",
]) {
	test(`a body is not changed: ${JSON.stringify(body)}`, () => {
		const message = v.parse(MessageSendSchema, { room: "r", clientId: CLIENT_ID, body });
		assert.equal(message.content.body, body);
	});
}

for (const [what, content] of [
	["neither body nor location", {}],
	["both", { body: "x", location: { latitude: 1, longitude: 1 } }],
	["an empty body", { body: "" }],
	["a blank body", { body: " \n\u200b" }],
	["a control character", { body: "a\u0007" }],
	["a lone surrogate", { body: "\udc00" }],
	["a latitude above 90", { location: { latitude: 90.1, longitude: 0 } }],
	["a longitude that is a string", { location: { latitude: 0, longitude: "0" } }],
	["NaN", { location: { latitude: Number.NaN, longitude: 0 } }],
	["a negative accuracy", { location: { latitude: 0, longitude: 0, accuracy: -1 } }],
] as const) {
	test(`E1 refused as a message: ${what}`, () => {
		assert.ok(!v.safeParse(MessageSendSchema, { room: "r", clientId: CLIENT_ID, ...content }).success);
	});
}

const CHANGE = { room: "r", target: 1, clientId: CLIENT_ID };
for (const [what, schema, payload] of [
	["an edit without a text", MessageEditSchema, CHANGE],
	["an edit to nothing", MessageEditSchema, { ...CHANGE, body: " " }],
	["an edit of the message 0", MessageEditSchema, { ...CHANGE, target: 0, body: "x" }],
	["an edit without a clientId", MessageEditSchema, { room: "r", target: 1, body: "x" }],
	["a reaction with a word", ReactionSetSchema, { ...CHANGE, emoji: "yes", on: true }],
	["a reaction with two emoji", ReactionSetSchema, { ...CHANGE, emoji: "👍👍", on: true }],
	["a reaction with a megabyte", ReactionSetSchema, { ...CHANGE, emoji: "👍".repeat(1 << 18), on: true }],
	["a reaction that is neither on nor off", ReactionSetSchema, { ...CHANGE, emoji: "👍" }],
	["mentions that are a text", MessageSendSchema, { room: "r", clientId: CLIENT_ID, body: "x", mentions: "a" }],
	["51 mentions", MessageSendSchema, { room: "r", clientId: CLIENT_ID, body: "x", mentions: Array(51).fill("a") }],
	["a long id", MessageSendSchema, { room: "r", clientId: CLIENT_ID, body: "x", mentions: ["a".repeat(65)] }],
	["a reply to a fraction", MessageSendSchema, { room: "r", clientId: CLIENT_ID, body: "x", reply: 1.5 }],
	["a page of a thread and of pins", MessageHistorySchema, { room: "r", root: 1, pinned: true }],
	["a page of what is not pinned", MessageHistorySchema, { room: "r", pinned: false }],
	["around nothing", MessageAroundSchema, { room: "r" }],
	["around both", MessageAroundSchema, { room: "r", seq: 1, at: 1 }],
	["around a time before 1970", MessageAroundSchema, { room: "r", at: -1 }],
] as const) {
	test(`E1 refused: ${what}`, () => assert.ok(!v.safeParse(schema, payload).success));
}

test("C4 the emoji of a reaction is written in one way", () => {
	const { emoji } = v.parse(ReactionSetSchema, { ...CHANGE, emoji: "\u2764", on: true });
	assert.equal(emoji, "\u2764\ufe0f");
});
