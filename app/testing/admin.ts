/** An admin with a real server, who calls it over HTTP: `await admin.post("/api/bans", { user })`. */
import type { TestContext } from "node:test";
import { type StartOptions, startServer, type TestServer } from "./harness.ts";

export const ADMIN_TOKEN = "the-token-of-the-tests";

export type Admin = {
	get(path: string): Promise<Answer>;
	post(path: string, body: unknown): Promise<Answer>;
	put(path: string): Promise<Answer>;
	delete(path: string): Promise<Answer>;
};
/** `body` is undefined where there is none. */
// biome-ignore lint/suspicious/noExplicitAny: every route answers something else, and a test says what
export type Answer = { status: number; body: any };

/** A server that has an admin. */
export async function startWithAdmin(
	t: TestContext,
	options: StartOptions = {},
): Promise<TestServer & { admin: Admin }> {
	const server = await startServer(t, { ...options, env: { ADMIN_TOKEN, ...options.env } });
	async function call(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(server.url + path, {
			method,
			headers: {
				authorization: `Bearer ${ADMIN_TOKEN}`,
				...(body !== undefined && { "content-type": "application/json" }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
	}
	const admin: Admin = {
		get: (path) => call("GET", path),
		post: (path, body) => call("POST", path, body),
		put: (path) => call("PUT", path),
		delete: (path) => call("DELETE", path),
	};
	return { ...server, admin };
}
