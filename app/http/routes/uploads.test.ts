import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { SessionData } from "../../protocol/session.ts";
import { FileStorageUnavailable } from "../../room/ports/file-storage.ts";
import { removal, text } from "../../store/contract/fixture.ts";
import { download, openRoom, share, storedIds, upload } from "../../testing/file-requests.ts";
import { refusalIn, testHttp } from "../../testing/http-app.ts";
import { png } from "../../testing/pictures.ts";

testHttp("F2 an upload is stored, and its answer describes it", async (open) => {
	const { app, ada } = await openRoom(open);
	const query = { name: '../größe "1".png', alt: "a fox", thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w" };
	const response = await upload(app, ada, png(), query, { "content-type": "text/html" });
	assert.equal(response.status, 201);
	const { id, ...info } = await response.json();
	const { alt, thumbhash } = query;
	const bytes = png({ metadata: false }).length;
	assert.deepEqual(info, { name: 'größe "1".png', type: "image/png", bytes, width: 3, height: 2, alt, thumbhash });
	assert.match(id, /^[0-9a-f]{32}$/);
	const own = await download(app, ada, id);
	assert.deepEqual(
		Buffer.from(await own.arrayBuffer()),
		png({ metadata: false }),
		"its uploader reads it before it is sent",
	);
});

testHttp("F2 a file that is too large is refused, with its length or without it, and leaves nothing", async (open) => {
	const { app, ada } = await openRoom(open, { limits: { fileBytes: 100_000 } });
	const tooLarge = await upload(app, ada, randomBytes(100_001));
	assert.equal(tooLarge.status, 413);
	assert.deepEqual(await refusalIn(tooLarge), {
		code: "too_long",
		message: "A file has at most 100 kB. Send a smaller one.",
		retryable: false,
	});
	const chunks = new ReadableStream({
		pull(controller) {
			controller.enqueue(randomBytes(50_000));
		},
	});
	const endless = await app
		.request("/api/files?room=lobby", {
			method: "POST",
			headers: { authorization: `Bearer ${ada.token}` },
			body: chunks,
			duplex: "half",
		} as RequestInit)
		.then(({ status }) => status)
		// The server ends the connection, before or after the client has read the response.
		.catch(() => 413);
	assert.equal(endless, 413);
	assert.equal((await upload(app, ada, "")).status, 400);
	assert.equal((await upload(app, ada, randomBytes(100_000))).status, 201);
	await app.chat.files.idle();
	assert.equal((await storedIds(app)).length, 1);
	assert.deepEqual(app.recorded.errors, []);
});

testHttp("F2 uploads of another room, a closed one, another site or without a session are refused", async (open) => {
	const { app, ada } = await openRoom(open, { adminToken: "admin" });
	assert.equal((await upload(app, ada, png(), { room: "nowhere" })).status, 404);
	assert.equal((await upload(app, ada, png(), { room: " " })).status, 400);
	assert.equal((await upload(app, ada, png(), {}, { origin: "https://evil.example" })).status, 403);
	assert.equal((await upload(app, { ...ada, token: "x" }, png())).status, 401);
	await app.request("/api/closed-rooms/lobby", { method: "PUT", headers: { authorization: "Bearer admin" } });
	const closed = await upload(app, ada, png());
	assert.deepEqual([closed.status, (await refusalIn(closed)).code], [403, "forbidden"]);
	assert.deepEqual(await storedIds(app), []);
});

testHttp("F2 parallel uploads can't exceed what a person or the chat may store", async (open) => {
	const { app, ada } = await openRoom(open, {
		limits: { fileBytes: 20_000, filesPerDayBytes: 50_000, filesBytes: 80_000 },
	});
	const ben = await app.signIn("Ben");
	const all = (user: SessionData) =>
		Promise.all(Array.from({ length: 6 }, () => upload(app, user, randomBytes(20_000))));
	const statuses = (await all(ada)).map(({ status }) => status).sort();
	assert.deepEqual(statuses, [201, 201, 429, 429, 429, 429]);
	const bens = await all(ben);
	assert.equal(bens.filter(({ status }) => status === 201).length, 2);
	const cy = await upload(app, await app.signIn("Cy"), randomBytes(20_000));
	assert.deepEqual([cy.status, (await refusalIn(cy)).code], [503, "unavailable"]);
	assert.equal((await storedIds(app)).length, 4);
});

testHttp("F5 a removed message's files are gone from the disk", async (open) => {
	const { app, ada } = await openRoom(open, { adminToken: "admin" });
	const [removed, kept] = [await share(app, ada, png()), await share(app, ada, png())];
	const response = await app.request("/api/rooms/lobby/messages/1", {
		method: "DELETE",
		headers: { authorization: "Bearer admin" },
	});
	assert.equal(response.status, 204);
	await app.chat.files.idle();
	assert.deepEqual(await storedIds(app), [kept.id]);
	assert.equal((await download(app, ada, removed.id)).status, 404);
	const room = await app.request("/api/rooms/lobby", { method: "DELETE", headers: { authorization: "Bearer admin" } });
	assert.equal(room.status, 204);
	assert.equal((await download(app, ada, kept.id)).status, 404);
	await app.chat.files.expire();
	assert.deepEqual(await storedIds(app), []);
});

testHttp(
	"F5 contents that can't be deleted at once are deleted later, and so are those that nothing knows",
	async (open) => {
		const { app, ada } = await openRoom(open);
		const { id } = await share(app, ada, png());
		const remove = app.fileStorage.remove.bind(app.fileStorage);
		app.fileStorage.remove = () => Promise.reject(new FileStorageUnavailable("down"));
		await app.store.append([removal("lobby", 1)]);
		app.chat.files.deleteRemoved();
		await app.chat.files.idle();
		assert.deepEqual([await storedIds(app), app.recorded.errors.length], [[id], 1]);
		app.fileStorage.remove = remove;
		await app.chat.files.sweep();
		assert.deepEqual(await storedIds(app), []);
	},
);

testHttp("F2 while files can't be stored, an upload is unavailable", async (open) => {
	const { app, ada } = await openRoom(open);
	app.fileStorage.put = () => Promise.reject(new FileStorageUnavailable("no space left on device"));
	const response = await upload(app, ada, png());
	assert.equal(response.status, 503);
	const { code, message } = await refusalIn(response);
	assert.deepEqual(
		[code, message],
		["unavailable", "Files can't be stored or read at the moment. Messages can. Try again later."],
	);
	await app.store.append([text("lobby", "text goes on")]);
});
