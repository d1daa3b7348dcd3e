/** Namespaces, events, acknowledgements and attachments, by Socket.IO's protocol 5. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EchoProfile, openProfile } from "./testing/profile.ts";
import { WebSocketConnection } from "./testing/web-socket-connection.ts";

const BYTES = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
const PLACEHOLDERS = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

/** Opens a connection without a socket. */
async function openConnection({ url }: EchoProfile): Promise<WebSocketConnection> {
	const connection = new WebSocketConnection(url);
	await connection.nextText();
	return connection;
}

/** Opens a connection with a socket in the main namespace, and reads its first packets. */
async function connected(profile: EchoProfile): Promise<WebSocketConnection> {
	const connection = await openConnection(profile);
	connection.send("40");
	await connection.nextText();
	await connection.nextText();
	return connection;
}

describe("connecting", () => {
	for (const [what, namespace, auth] of [
		["the main namespace", "", ""],
		["the main namespace, with a payload", "", '{"token":"123"}'],
		["another namespace", "/custom,", ""],
		["another namespace, with a payload", "/custom,", '{"token":"abc"}'],
	] as const)
		test(`to ${what}`, async (t) => {
			const connection = await openConnection(await openProfile(t, "sockets"));
			connection.send(`40${namespace}${auth}`);
			const answer = await connection.nextText();
			assert.ok(answer.startsWith(`40${namespace}`), answer);
			const connect = JSON.parse(answer.slice(2 + namespace.length)) as Record<string, unknown>;
			assert.deepEqual(Object.keys(connect), ["sid"]);
			assert.equal(typeof connect.sid, "string");
			assert.equal(await connection.next(), `42${namespace}["auth",${auth || "{}"}]`);
		});

	test("to an unknown namespace is refused", async (t) => {
		const connection = await openConnection(await openProfile(t, "sockets"));
		connection.send("40/random");
		assert.equal(await connection.next(), '44/random,{"message":"Invalid namespace"}');
	});

	test("with an invalid packet closes the connection", async (t) => {
		const connection = await openConnection(await openProfile(t, "sockets"));
		connection.send("4abc");
		await connection.closed();
	});

	test("must happen in time, or the connection is closed", async (t) => {
		const connection = await openConnection(await openProfile(t, "sockets", { connectTimeoutMs: 50 }));
		await connection.closed();
	});
});

describe("disconnecting", () => {
	test("from the main namespace leaves the connection open", async (t) => {
		const connection = await connected(await openProfile(t, "sockets", { pingIntervalMs: 50, pingTimeoutMs: 10_000 }));
		connection.send("41");
		assert.equal(await connection.next(), "2");
	});

	test("from another namespace leaves the main one connected", async (t) => {
		const connection = await connected(await openProfile(t, "sockets"));
		connection.send("40/custom");
		await connection.nextText();
		await connection.nextText();
		connection.send("41/custom");
		connection.send('42["message","message to main namespace"]');
		assert.equal(await connection.next(), '42["message-back","message to main namespace"]');
	});
});

describe("events", () => {
	test("are echoed", async (t) => {
		const profile = await openProfile(t, "sockets");
		const connection = await connected(profile);
		connection.send('42["message",1,"2",{"3":[true]}]');
		assert.equal(await connection.next(), '42["message-back",1,"2",{"3":[true]}]');
		assert.deepEqual(profile.missingFields, [], "the chat's own adapter was used");
	});

	test("with attachments are echoed", async (t) => {
		const connection = await connected(await openProfile(t, "sockets"));
		connection.send(`452-["message",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) connection.send(bytes);
		assert.equal(await connection.next(), `452-["message-back",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) assert.deepEqual(await connection.next(), bytes.buffer);
	});

	test("are acknowledged", async (t) => {
		const connection = await connected(await openProfile(t, "sockets"));
		connection.send('42456["message-with-ack",1,"2",{"3":[false]}]');
		assert.equal(await connection.next(), '43456[1,"2",{"3":[false]}]');
	});

	test("with attachments are acknowledged with attachments", async (t) => {
		const connection = await connected(await openProfile(t, "sockets"));
		connection.send(`452-789["message-with-ack",${PLACEHOLDERS}]`);
		for (const bytes of BYTES) connection.send(bytes);
		assert.equal(await connection.next(), `462-789[${PLACEHOLDERS}]`);
		for (const bytes of BYTES) assert.deepEqual(await connection.next(), bytes.buffer);
	});

	for (const [what, packet] of [
		["an unknown type", "4abc"],
		["a payload of the wrong kind", "42{}"],
		["an invalid number of an acknowledgement", '42abc["message-with-ack",1,"2",{"3":[false]}]'],
	] as const)
		test(`that are malformed close the connection: ${what}`, async (t) => {
			const connection = await connected(await openProfile(t, "sockets"));
			connection.send(packet);
			await connection.closed();
		});
});
