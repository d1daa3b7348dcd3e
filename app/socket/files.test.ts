import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { FileInfo } from "../protocol/file.ts";
import type { SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { TestClient } from "../testing/client.ts";
import { openChat } from "../testing/open-chat.ts";
import { png } from "../testing/pictures.ts";

async function upload(url: string, { session }: TestClient, room: string, name: string): Promise<FileInfo> {
	const response = await fetch(`${url}/api/files?${new URLSearchParams({ room, name })}`, {
		method: "POST",
		headers: { authorization: `Bearer ${session.token}` },
		body: new Uint8Array(png()),
	});
	assert.equal(response.status, 201, await response.clone().text());
	return response.json();
}

const send = (client: TestClient, payload: object) =>
	client.request("message:send", { room: "lobby", clientId: randomUUID(), ...payload }) as Promise<Ack<SendData>>;

test("F3 files are sent with a message, and every member sees them", async (t) => {
	const chat = await openChat(t);
	const [ada, ben] = [await chat.client("Ada"), await chat.client("Ben")];
	for (const client of [ada, ben]) await client.join("lobby");
	const files = await Promise.all(["a.png", "b.png"].map((name) => upload(chat.url, ada, "lobby", name)));
	const clientId = randomUUID();
	const payload = { clientId, files: files.map(({ id }) => id) };
	const first = await send(ada, payload);
	assert.ok(first.ok);
	assert.deepEqual(await send(ada, payload), first, "a repeat is the first one");
	for (const client of [ada, ben]) {
		const entry = await client.until(() => client.entries("lobby")[0]);
		assert.ok(entry.kind === "message");
		assert.deepEqual([entry.body, entry.files], ["", files]);
	}
	const { messages = [] } = await (await chat.client("Cy")).join("lobby");
	assert.deepEqual(messages[0]?.files, files);
	const response = await fetch(`${chat.url}/api/files/${files[0]!.id}`, {
		headers: { cookie: `session=${ben.session.token}` },
	});
	assert.deepEqual(Buffer.from(await response.arrayBuffer()), png({ metadata: false }));
});

test("F3 somebody else's file, that of another room and one that was sent can't be sent", async (t) => {
	const chat = await openChat(t);
	const [ada, ben] = [await chat.client("Ada"), await chat.client("Ben")];
	for (const client of [ada, ben]) for (const room of ["lobby", "attic"]) await client.join(room);
	const { id } = await upload(chat.url, ada, "lobby", "a.png");
	const elsewhere = await upload(chat.url, ben, "attic", "b.png");
	for (const files of [[id], [elsewhere.id], ["0".repeat(32)]]) {
		const ack = await send(ben, { files });
		assert.ok(!ack.ok);
		assert.deepEqual([ack.error.code, ack.error.field], ["not_found", "files"]);
	}
	assert.ok((await send(ada, { files: [id], body: "mine" })).ok);
	assert.ok(!(await send(ada, { files: [id] })).ok);
	assert.equal((await ada.history({ room: "lobby" })).messages.length, 1);
});

test("F5 who removes a message removes its files", async (t) => {
	const chat = await openChat(t);
	const ada = await chat.client("Ada");
	await ada.join("lobby");
	const { id } = await upload(chat.url, ada, "lobby", "a.png");
	assert.ok((await send(ada, { files: [id] })).ok);
	await ada.change("message:remove", { room: "lobby", target: 1 });
	const headers = { authorization: `Bearer ${ada.session.token}` };
	assert.equal((await fetch(`${chat.url}/api/files/${id}`, { headers })).status, 404);
});
