/** Strings that break other programs, as body, room and name: each comes back unchanged or is refused clearly. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TestClient } from "../testing/client.ts";
import { startServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";

/** Whether a text is accepted as a message and as a name of a user or a room, which has stricter rules. */
type Fate = "taken" | "a body only" | "refused";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const withEach = (codes: number[]) => codes.map((code) => `a${String.fromCodePoint(code)}b`);

const STRINGS: [what: string, fate: Fate, strings: string[]][] = [
	["words that languages keep for themselves", "taken", ["undefined", "null", "NaN", "true", "nil", "None", "\\", "-"]],
	[
		"names of objects' properties",
		"taken",
		["__proto__", "constructor", "hasOwnProperty", "toString", "then", "length"],
	],
	["what looks like a number", "taken", ["0", "-0", "1e1000", "0x0", "9007199254740993", "1/0", "٠١٢", "½", "-1.#IND"]],
	["what looks like a path", "taken", ["../../etc/passwd", "C:\\con\\nul", "%2e%2e%2f", "file:///dev/null", ".", ".."]],
	["SQL", "taken", ["'; DROP TABLE rooms; --", '" OR 1=1 --', "1;VACUUM", "%_\\%", "$1", "?1"]],
	["markup and scripts", "taken", ["<script>alert(1)</script>", "&lt;b&gt;", "]]><!--", "<svg/onload=x>", "{{7*7}}"]],
	["formats and commands", "taken", ["%s%n%x", "{0}", "$HOME", "$(id)", "`id`", "| true", "%d%%", "\\u0041"]],
	["what Socket.IO and JSON use", "taken", ['42["x"]', '{"_placeholder":true}', '"', '\\"', "room:lobby", "/admin,"]],
	["other scripts", "taken", ["田中さん", "사회과학원", "مرحبا", "עברית", "ไทย", "𐐜𐐔", "Ⅳ", "ǆ", "𝒽𝑒𝓁𝓁𝑜"]],
	["letters that change their length with their case", "taken", ["ß", "İstanbul", "ŉ", "ﬃ", "ΰ", "ẞ"]],
	["emoji of several characters", "taken", ["👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇦🇶", "1️⃣", "❤️"]],
	["marks in heaps", "taken", ["Z̡̖̜̖̰̣͉", "ก็็็็", "a\u0301\u0327", "\u0301alone"]],
	["joiners within a word", "taken", ["می\u200cخواهم", "क्\u200dष"]],
	["characters that are none", "a body only", ["a\uffffb", "a\u{1ffff}b", "a\ufdd0b", "a\u{10ffff}b", "a\ue000b"]],
	[
		"bidi controls",
		"a body only",
		withEach([0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]),
	],
	["invisible spacing and format characters", "a body only", withEach([0x00ad, 0x200b, 0x2060, 0xfff9, 0xfffb])],
	[
		"NUL and the other control characters",
		"refused",
		withEach([...range(0, 0x1f), ...range(0x7f, 0x9f)].filter(isNoSpace)),
	],
	["halves of characters", "refused", ["a\ud800b", "a\udfffb", "\udc00\ud800", "👩".slice(0, 1)]],
	[
		"nothing that is seen",
		"refused",
		["", " ", "\t\n", "\u00a0", "\u3000", "\u200b\u200d", "\u2800", "\ufe0f", "\u{e0041}"],
	],
];

/** In a name, a control character that counts as white space becomes a space; the schemas' tests cover that. */
function isNoSpace(code: number): boolean {
	return !/\s/.test(String.fromCharCode(code));
}

/** Returns the code of a refusal, which must be a clear one, or undefined if the request was accepted. */
async function refusal(client: TestClient, event: string, payload: unknown): Promise<string | undefined> {
	const ack = await client.request(event, payload);
	if (ack.ok) return undefined;
	assert.match(ack.error.message, /^[A-Z].+\.$/s);
	assert.equal(ack.error.retryable, false);
	return ack.error.code;
}

describe("naughty strings", () => {
	test("E1 a body reaches the room and the history unchanged, or is refused", async (t) => {
		const server = await startServer(t);
		const [ada, bob] = [await server.client("ada"), await server.client("bob")];
		for (const client of [ada, bob]) await client.join("lobby");
		const taken: string[] = [];
		for (const [what, fate, strings] of STRINGS)
			for (const body of strings) {
				const payload = { room: "lobby", clientId: crypto.randomUUID(), body };
				const code = await refusal(ada, "message:send", payload);
				assert.equal(code, fate === "refused" ? "bad_request" : undefined, `${what}: ${JSON.stringify(body)}`);
				if (code === undefined) taken.push(body);
			}
		await bob.entry("lobby", taken.length);
		const bodies = bob.entries("lobby").map((entry) => entry.kind === "message" && entry.body);
		assert.deepEqual(bodies, taken);
		const { entries } = await server.store.since("lobby", 0, 1_000);
		assert.deepEqual(
			entries.map((entry) => entry.kind === "message" && entry.body),
			taken,
		);
	});

	test("R1 a room has the same name when it is joined by that name, or is refused", async (t) => {
		const server = await openChat(t, { env: { LIMIT_ROOMS_PER_CONNECTION: "0" } });
		const ada = await server.client("ada");
		for (const [what, fate, strings] of STRINGS)
			for (const given of strings) {
				const of = `${what}: ${JSON.stringify(given)}`;
				const code = await refusal(ada, "room:join", { room: given });
				assert.equal(code, fate === "taken" ? undefined : "bad_request", of);
				if (code !== undefined) continue;
				const { room } = await ada.join(given);
				assert.equal((await ada.join(room)).room, room, `${of}: joined by its canonical name`);
				const { seq } = await ada.send(given, "hello");
				assert.equal((await ada.entry(room, seq)).seq, seq, of);
			}
	});

	test("S1 a name is shown to everybody alike, or is refused", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("a listener");
		await ada.join("lobby");
		for (const [what, fate, strings] of STRINGS)
			for (const given of strings) {
				const of = `${what}: ${JSON.stringify(given)}`;
				const response = await fetch(`${server.url}/api/session`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({ name: given }),
				});
				const answer = await response.json();
				assert.equal(response.status, fate === "taken" ? 201 : 400, of);
				if (response.status !== 201) {
					assert.deepEqual([answer.error.code, answer.error.field], ["bad_request", "name"], of);
					continue;
				}
				const { name } = answer.user;
				assert.equal((await server.signIn(name)).user.name, name, `${of} stands still`);
				const someone = await server.connect(answer);
				await someone.join("lobby");
				const { seq } = await someone.send("lobby", "hello");
				const entry = await ada.entry("lobby", seq);
				assert.equal(entry.kind === "message" && entry.author.name, name, of);
				someone.close();
			}
	});

	test("L1 a very long text is refused as too long, with its field", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		for (const unit of ["x", "\u0301", "👩‍👩‍👧‍👦", "ﷺ", "<b>"]) {
			const long = unit.repeat(10_000 / unit.length);
			const payload = { room: "lobby", clientId: crypto.randomUUID(), body: long };
			assert.equal(await refusal(ada, "message:send", payload), "too_long", unit);
			assert.equal(await refusal(ada, "room:join", { room: long }), "too_long", unit);
		}
	});
});
