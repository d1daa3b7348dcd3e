import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { FileInfo } from "../../protocol/file.ts";
import { text } from "../../store/contract/fixture.ts";
import { download, openRoom, share, upload } from "../../testing/file-requests.ts";
import { testHttp } from "../../testing/http-app.ts";
import { jpeg, png, SECRET_PLACE } from "../../testing/pictures.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

testHttp("F1 only people who may read the room get a file, and the others can't tell that it exists", async (open) => {
	const { app, ada } = await openRoom(open, { adminToken: "admin" });
	const ben = await app.signIn("Ben");
	const { id } = (await (await upload(app, ada, png())).json()) as FileInfo;
	const missing = await (await download(app, ben, "0".repeat(32))).text();
	const unsent = await download(app, ben, id);
	assert.deepEqual([unsent.status, await unsent.text()], [404, missing]);
	await app.store.append([text("lobby", "", { author: ada.user, files: [id] })]);
	assert.equal((await download(app, ben, id)).status, 200);
	assert.equal((await app.request(`/api/files/${id}`)).status, 401);
	const forged = { ...ben, token: `${ben.token}x` };
	assert.equal((await download(app, forged, id)).status, 401);
	const ban = { user: ben.user.id, room: "lobby" };
	assert.equal((await app.post("/api/bans", ban, { authorization: "Bearer admin" })).status, 201);
	const banned = await download(app, ben, id);
	assert.deepEqual([banned.status, await banned.text()], [404, missing]);
	assert.equal((await upload(app, ben, png())).status, 403);
	for (const other of ["x", "..%2f..%2fhubbub.db", `${id}0`, id.toUpperCase().replace(/\d/g, "A")])
		assert.equal((await download(app, ada, other)).status, 404, other);
});

testHttp(
	"F1 files of a private room are its members'; others can't tell that they, or the room, exist",
	async (open) => {
		const { app, ada } = await openRoom(open);
		const ben = await app.signIn("Ben");
		const room = `~${"a".repeat(16)}`;
		const by = ada.user;
		const created = {
			kind: "private",
			room,
			clientId: "c",
			title: "Plans",
			history: true,
			createdAt: Date.now(),
			by,
		} as const;
		await app.store.createPrivateRoom(created);
		const { id } = (await (await upload(app, ada, png(), { room })).json()) as FileInfo;
		await app.store.append([text(room, "", { author: by, files: [id] })]);
		assert.equal((await download(app, ada, id)).status, 200);
		const [hidden, missing] = [await download(app, ben, id), await download(app, ben, "0".repeat(32))];
		assert.deepEqual([hidden.status, await hidden.text()], [404, await missing.text()]);
		const [refused, nowhere] = [
			await upload(app, ben, png(), { room }),
			await upload(app, ben, png(), { room: "~bbbb" }),
		];
		assert.deepEqual([refused.status, await refused.text()], [404, await nowhere.text()]);
		const removal = { kind: "member", room, by, user: ben.user, createdAt: Date.now() } as const;
		await app.store.append([{ ...removal, role: "member" }]);
		assert.equal((await download(app, ben, id)).status, 200);
		await app.store.append([removal]);
		assert.equal((await download(app, ben, id)).status, 404);
	},
);

testHttp("F4 a file is cached by one person, and read in ranges", async (open) => {
	const { app, ada } = await openRoom(open);
	const content = Buffer.concat([Buffer.from("OggS\0\x02"), randomBytes(200_000)]);
	const { id } = await share(app, ada, content, { name: "song.ogg" });
	const whole = await download(app, ada, id);
	const headers = (response: Response, ...names: string[]) => names.map((name) => response.headers.get(name));
	assert.deepEqual(headers(whole, "etag", "cache-control", "accept-ranges", "content-length", "content-type"), [
		`"${id}"`,
		"private, max-age=31536000, immutable",
		"bytes",
		"200006",
		"audio/ogg",
	]);
	assert.deepEqual(Buffer.from(await whole.arrayBuffer()), content);
	const part = await download(app, ada, id, { range: "bytes=100-199999", "if-range": `"${id}"` });
	assert.deepEqual(
		[part.status, ...headers(part, "content-range", "content-length")],
		[206, "bytes 100-199999/200006", "199900"],
	);
	assert.deepEqual(Buffer.from(await part.arrayBuffer()), content.subarray(100, 200_000));
	const other = await download(app, ada, id, { range: "bytes=100-", "if-range": '"another"' });
	assert.deepEqual([other.status, (await other.arrayBuffer()).byteLength], [200, 200_006]);
	const past = await download(app, ada, id, { range: "bytes=200006-" });
	assert.deepEqual([past.status, ...headers(past, "content-range")], [416, "bytes */200006"]);
	await past.arrayBuffer();
	const known = await download(app, ada, id, { "if-none-match": `"x", W/"${id}"` });
	assert.deepEqual([known.status, await known.text()], [304, ""]);
	const head = await app.request(`/api/files/${id}`, {
		method: "HEAD",
		headers: { authorization: `Bearer ${ada.token}` },
	});
	assert.deepEqual([head.status, ...headers(head, "content-length", "content-type")], [200, "200006", "audio/ogg"]);
});

testHttp("F4 what a browser could run is downloaded, whatever its name and its type say", async (open) => {
	const { app, ada } = await openRoom(open);
	for (const [content, name] of [
		[SVG, "fox.svg"],
		["<!doctype html><script>alert(1)</script>", "page.png"],
		[`\0${SVG}`, 'x"; filename="y.html'],
	] as const) {
		const { id } = await share(app, ada, content, { name });
		const response = await download(app, ada, id);
		assert.equal(response.headers.get("content-type"), "application/octet-stream");
		assert.match(
			response.headers.get("content-disposition")!,
			/^attachment; filename="[^"]*"; filename\*=UTF-8''[^;]*$/,
		);
		assert.equal(response.headers.get("x-content-type-options"), "nosniff");
		assert.equal(response.headers.get("content-security-policy"), "default-src 'none'; sandbox");
		assert.equal(await response.text(), content);
	}
	const { id } = await share(app, ada, png());
	const picture = await download(app, ada, id);
	assert.match(picture.headers.get("content-disposition")!, /^inline; /);
	assert.equal(picture.headers.get("content-security-policy"), "default-src 'none'; sandbox");
	await picture.arrayBuffer();
});

testHttp("F4 a picture does not tell where it was taken", async (open) => {
	const { app, ada } = await openRoom(open);
	const { id, type } = await share(app, ada, jpeg());
	const response = await download(app, ada, id);
	const content = Buffer.from(await response.arrayBuffer());
	assert.deepEqual([type, content.includes(SECRET_PLACE)], ["image/jpeg", false]);
	assert.equal(Number(response.headers.get("content-length")), content.length);
});
