/** Namespaces, events, acknowledgements and attachments, by Socket.IO's protocol 5. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openProfile, type Profile } from "./testing/profile.ts";
import { WebSocketLine } from "./testing/web-socket-line.ts";

const BYTES = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
const PLACEHOLDERS = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

/** A line that is open and has no socket yet. */
async function openLine({ url }: Profile): Promise<WebSocketLine> {
	const line = new WebSocketLine(url);
	await line.nextText();
	return line;
}

/** A line with a socket in the main namespace, whose greetings were read. */
async function connected(profile: Profile): Promise<WebSocketLine> {
	const line = await openLine(profile);
	line.send("40");
	await line.nextText();
	await line.nextText();
	return line;
}

describe("connecting", () => {
	for (const [what, namespace, auth] of [
		["the main namespace", "", ""],
		["the main namespace, with a payload", "", '{"token":"123"}'],
		["another namespace", "/custom,", ""],
		["another namespace, with a payload", "/custom,", '{"token":"abc"}'],
	] as const)
		test(`to ${what}`, async (t) => {
			const line = await openLine(await openProfile(t, "sockets"));
			line.send(`40${namespace}${auth}`);
			const answer = await line.nextText();
			assert.ok(answer.startsWith(`40${namespace}`), answer);
			const told = JSON.parse(answer.slice(2 + namespace.length)) as Record<string, unknown>;
			assert.deepEqual(Object.keys(told), ["sid"]);
			assert.equal(typeof told.sid, "string");
			assert.equal(await line.next(), `42${namespace}["auth",${auth || "{}"}]`);
		});

	test("to a namespace that is not there is refused", async (t) => {
		const line = await openLine(await openProfile(t, "sockets"));
		line.send("40/random");
		assert.equal(await line.next(), '44/random,{"message":"Invalid namespace"}');
	});

	test("with what is no packet closes the connection", async (t) => {
		const line = await openLine(await openProfile(t, "sockets"));
		line.send("4abc");
		await line.closed();
	});

	test("is not put off for ever: the connection is closed", async (t) => {
		const line = await openLine(await openProfile(t, "sockets", { connectTimeoutMs: 50 }));
		await line.closed();
	});
});

describe("disconnecting", () => {
	test("from the main namespace leaves the connection open", async (t) => {
		const line = await connected(await openProfile(t, "sockets", { pingIntervalMs: 50, pingTimeoutMs: 10_000 }));
		line.send("41");
		assert.equal(await line.next(), "2");
	});

	test("from another namespace leaves the main one connected", async (t) => {
		const line = await connected(await openProfile(t, "sockets"));
		line.send("40/custom");
		await line.nextText();
		await line.nextText();
		line.send("41/custom");
		line.send('42["message","message to main namespace"]');
		assert.equal(await line.next(), '42["message-back","message to main namespace"]');
	});
});

describe("events", () => {
	test("plain, there and back", async (t) => {
		const profile = await openProfile(t, "sockets");
		const line = await connected(profile);
		line.send('42["message",1,"2",{"3":[true]}]');
		assert.equal(await line.next(), '42["message-back",1,"2",{"3":[true]}]');
		assert.deepEqual(profile.missingFields, [], "it came by the chat's own adapter");
	});

	test("with attachments, there and back", async (t) => {
		const line = await connected(await openProfile(t, "sockets"));
		line.send(`452-["message",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) line.send(bytes);
		assert.equal(await line.next(), `452-["message-back",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) assert.deepEqual(await line.next(), bytes.buffer);
	});

	test("are acknowledged", async (t) => {
		const line = await connected(await openProfile(t, "sockets"));
		line.send('42456["message-with-ack",1,"2",{"3":[false]}]');
		assert.equal(await line.next(), '43456[1,"2",{"3":[false]}]');
	});

	test("with attachments are acknowledged with attachments", async (t) => {
		const line = await connected(await openProfile(t, "sockets"));
		line.send(`452-789["message-with-ack",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) line.send(bytes);
		assert.equal(await line.next(), `462-789[${PLACEHOLDERS}]`);
		for (const bytes of BYTES) assert.deepEqual(await line.next(), bytes.buffer);
	});

	for (const [what, packet] of [
		["an unknown type", "4abc"],
		["a payload of the wrong kind", "42{}"],
		["an acknowledgement's number that is none", '42abc["message-with-ack",1,"2",{"3":[false]}]'],
	] as const)
		test(`of a form that is none close the connection: ${what}`, async (t) => {
			const line = await connected(await openProfile(t, "sockets"));
			line.send(packet);
			await line.closed();
		});
});
