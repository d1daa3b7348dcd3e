/** Packets that are nearly valid: each ends its own connection, is acknowledged or is ignored, and affects no other client. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startServer, type TestChat } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { WebSocketConnection } from "./conformance/testing/web-socket-connection.ts";

/** Arguments of an event that are nearly JSON. */
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

/** JSON that is not an event, whose first value is a name that Socket.IO does not reserve. */
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

/** Frames that are not a packet, or not one that a client may send. */
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

/** Unusual valid packets with the reply, or undefined if they are ignored. */
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
	// Socket.IO's parser reads white space before the payload as part of the acknowledgement's number.
	['42\ufeff["x"]', '430[{"ok":false'],
	["0{}", undefined],
	["5", undefined],
	["6", undefined],
];

/** Opens a connection with the socket of a new user. */
async function connected({ url, signIn }: TestChat): Promise<WebSocketConnection> {
	const { token } = await signIn("eve");
	const connection = new WebSocketConnection(`${url}/socket.io/`);
	await connection.nextText();
	connection.send(`40${JSON.stringify({ token })}`);
	assert.match(await connection.nextText(), /^40/);
	return connection;
}

describe("raw packets", () => {
	test("E1 an invalid packet ends its own connection and no other", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const wrong = [...NO_PACKET, ...[...NO_JSON, ...NO_EVENT].map((payload) => `42${payload}`)];
		for (const packet of [...wrong, ...NO_JSON.map((payload) => `421${payload}`)]) {
			const eve = await connected(server);
			eve.send(packet);
			await eve.closed().catch(() => assert.fail(`${packet.slice(0, 80)} did not end the connection`));
			await ada.send("lobby", "still here");
		}
		await ada.until(() => server.io.engine.clientsCount === 1, "the end of every other connection");
	});

	test("E1 an unusual valid packet is acknowledged or ignored, and the connection stays open", async (t) => {
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

	test("E1 attachments that do not match their announcement end the connection", async (t) => {
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
			["an attachment to an acknowledgement that the server did not request", ["461-7[]", bytes, "4x"]],
		] as const) {
			const eve = await connected(server);
			for (const packet of sent) eve.send(packet);
			await eve.closed().catch(() => assert.fail(`${what} did not end the connection`));
			await ada.send("lobby", "still here");
		}
	});
});
