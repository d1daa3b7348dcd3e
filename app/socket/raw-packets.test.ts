/** Packets that are nearly Socket.IO: each ends its own line, or is answered or passed over, and harms nobody. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startServer, type TestChat } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { WebSocketLine } from "./conformance/testing/web-socket-line.ts";

/** Texts that are no JSON, though they would like to be: as the arguments of an event. */
const NO_JSON = [
	"[",
	"]",
	"[]]",
	'["x"',
	'["x",]',
	'["x",,1]',
	'[,"x"]',
	'["x" 1]',
	'["x":1]',
	"['x']",
	"[x]",
	'["x',
	'["x\\"]',
	'["\\x41"]',
	'["\\u12"]',
	'["\\u{41}"]',
	'["a\u0000b"]',
	'["a\nb"]',
	'["x",01]',
	'["x",+1]',
	'["x",.5]',
	'["x",1.]',
	'["x",1e]',
	'["x",0x10]',
	'["x",NaN]',
	'["x",Infinity]',
	'["x",undefined]',
	'["x",tru]',
	'["x",TRUE]',
	'["x",{1:2}]',
	'["x",{"a"}]',
	'["x",{"a":}]',
	'["x",{"a":1,}]',
	'["x",{,}]',
	'["x",{"a":1]',
	'["x"]["y"]',
	'["x"] // why',
	'["x"/* why */]',
	'["x"]\u00a0',
	`["x",${"[".repeat(30_000)}]`,
	`["x",${'{"a":'.repeat(6_000)}1]`,
];

/** JSON that is no event: its first value has to be a name, and not one of those that Socket.IO keeps for itself. */
const NO_EVENT = [
	"null",
	'"x"',
	"{}",
	"[]",
	"[null]",
	"[true]",
	"[[]]",
	"[{}]",
	'["connect"]',
	'["connect_error"]',
	'["disconnect"]',
	'["disconnecting"]',
	'["newListener"]',
	'["removeListener"]',
];

/** Frames that are no packet, or not one that a client may send here. */
const NO_PACKET = [
	"x",
	"7",
	"2probe",
	"4",
	"4x",
	"47[]",
	"48[]",
	"49[]",
	"4\u0662",
	'4-2["x"]',
	'42/["x"]',
	"40",
	"40{}",
	"40[]",
	'40{"a"',
	'41"x"',
	"44",
	'44{"message":"x"}',
	'45-["x"]',
	'45["x"]',
	'45x-["x"]',
	'451.5-["x"]',
	'45-1-["x"]',
	'4599999999999-["x"]',
	'42/admin,["x"]',
	'42/__proto__,1["room:join",{"room":"e"}]',
	"41/admin,",
];

/** What is understood: the answer, or nothing where it is passed over. */
const PASSED: [packet: string, answer: string | undefined][] = [
	['421["x"]', '431[{"ok":false,"error":{"code":"bad_request"'],
	['422["__proto__",{}]', '432[{"ok":false,"error":{"code":"bad_request"'],
	['423["room:join",{"__proto__":{"room":"lobby"}}]', '433[{"ok":false,"error":{"code":"bad_request"'],
	['424["room:join",{"room":"a","room":"b"}]', '434[{"ok":true,"data":{"room":"b"'],
	['425[ "room:join" ,\n{ "room" : "\\u0063" } ]', '435[{"ok":true,"data":{"room":"c"'],
	['426["log:since",{"room":"b","after":1e999}]', '436[{"ok":false,"error":{"code":"bad_request"'],
	['427["log:since",{"room":"b","after":-0}]', '437[{"ok":true'],
	[`428["room:join",${"[".repeat(20_000)}${"]".repeat(20_000)}]`, '438[{"ok":false,"error":{"code":"bad_request"'],
	[`429["room:join",{${'"a":1,'.repeat(8_000)}"room":"d"}]`, '439[{"ok":true,"data":{"room":"d"'],
	['4299999999999999999999["x"]', '43100000000000000000000[{"ok":false'],
	["43[]", undefined],
	["431[]", undefined],
	['43999["x"]', undefined],
	["42", undefined],
	["421", undefined],
	// Its parser takes white space before the payload for a part of the acknowledgement's number.
	['42\ufeff["x"]', '430[{"ok":false'],
	["0{}", undefined],
	["5", undefined],
	["6", undefined],
];

/** A line on which somebody new is connected. */
async function connected({ url, signIn }: TestChat): Promise<WebSocketLine> {
	const { token } = await signIn("eve");
	const line = new WebSocketLine(`${url}/socket.io/`);
	await line.nextText();
	line.send(`40${JSON.stringify({ token })}`);
	assert.match(await line.nextText(), /^40/);
	return line;
}

describe("raw packets", () => {
	test("E1 what is no packet ends its line, and nobody else's", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const wrong = [...NO_PACKET, ...[...NO_JSON, ...NO_EVENT].map((payload) => `42${payload}`)];
		for (const packet of [...wrong, ...NO_JSON.map((payload) => `421${payload}`)]) {
			const eve = await connected(server);
			eve.send(packet);
			await eve.closed().catch(() => assert.fail(`${packet.slice(0, 80)} did not end the line`));
			await ada.send("lobby", "still here");
		}
		await ada.until(() => server.io.engine.clientsCount === 1, "the end of every other line");
	});

	test("E1 what is odd and allowed is answered or passed over, and the connection lives", async (t) => {
		const server = await openChat(t);
		const eve = await connected(server);
		for (const [packet, answer] of PASSED) {
			eve.send(packet);
			if (answer !== undefined) assert.ok((await eve.nextText()).startsWith(answer), packet.slice(0, 80));
		}
		eve.send('42777["room:join",{"room":"lobby"}]');
		assert.match(await eve.nextText(), /^43777\[\{"ok":true,"data":\{"room":"lobby"/);
		assert.equal(({} as { room?: string }).room, undefined, "no prototype was touched");
	});

	test("E1 attachments that do not fit what announced them end the connection", async (t) => {
		const server = await openChat(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const placeholder = (num: unknown) => `{"_placeholder":true,"num":${JSON.stringify(num)}}`;
		const bytes = Uint8Array.of(1, 2, 3);
		for (const [what, sent] of [
			["a text where an attachment is due", [`451-["x",${placeholder(0)}]`, '42["x"]']],
			["an attachment that nobody announced", [bytes]],
			["a number that is too large", [`451-["x",${placeholder(1)}]`, bytes]],
			["a negative number", [`451-["x",${placeholder(-1)}]`, bytes]],
			["a number in words", [`451-["x",${placeholder("0")}]`, bytes]],
			["a property's name for a number", [`451-["x",${placeholder("__proto__")}]`, bytes]],
			["more attachments than a packet has", ["4511-[]"]],
			["an attachment to nothing", ["451-", bytes, "4x"]],
			["an attachment to an answer that nobody waits for", ["461-7[]", bytes, "4x"]],
		] as const) {
			const eve = await connected(server);
			for (const packet of sent) eve.send(packet);
			await eve.closed().catch(() => assert.fail(`${what} did not end the line`));
			await ada.send("lobby", "still here");
		}
	});
});
