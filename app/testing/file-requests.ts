import assert from "node:assert/strict";
import type { FileInfo } from "../protocol/file.ts";
import type { SessionData } from "../protocol/session.ts";
import { text } from "../store/contract/fixture.ts";
import type { HttpApp, Setup } from "./http-app.ts";

export function upload(
	app: HttpApp,
	{ token }: SessionData,
	content: Buffer | string,
	query: Record<string, string> = {},
	headers: Record<string, string> = {},
): Promise<Response> {
	return app.request(`/api/files?${new URLSearchParams({ room: "lobby", ...query })}`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, ...headers },
		body: new Uint8Array(Buffer.from(content)),
	});
}

export function download(app: HttpApp, { token }: SessionData, id: string, headers: Record<string, string> = {}) {
	return app.request(`/api/files/${id}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

/** Opens the app with a room and a user. */
export async function openRoom(open: (setup?: Setup) => Promise<HttpApp>, setup = {}) {
	const app = await open(setup);
	await app.store.open("lobby", 0);
	return { app, ada: await app.signIn("Ada") };
}

/** Uploads a file and sends it in a message. */
export async function share(app: HttpApp, user: SessionData, content: Buffer | string, query = {}): Promise<FileInfo> {
	const response = await upload(app, user, content, query);
	assert.equal(response.status, 201);
	const info = (await response.json()) as FileInfo;
	await app.store.append([text("lobby", "", { author: user.user, files: [info.id] })]);
	return info;
}

export async function storedIds(app: HttpApp): Promise<string[]> {
	const ids: string[] = [];
	for await (const page of app.fileStorage.list(Date.now() + 60_000)) ids.push(...page);
	return ids;
}
