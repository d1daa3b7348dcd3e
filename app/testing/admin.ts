/** A real server and an admin that calls it over HTTP: `await admin.post("/api/bans", { user })`. */
import type { TestContext } from "node:test";
import { type StartOptions, startServer, type TestServer } from "./harness.ts";

export const ADMIN_TOKEN = "the-token-of-the-tests";

export type Admin = {
	get(path: string): Promise<AdminResponse>;
	post(path: string, body: unknown): Promise<AdminResponse>;
	put(path: string): Promise<AdminResponse>;
	delete(path: string): Promise<AdminResponse>;
};
/** `body` is undefined if the response has none. */
// biome-ignore lint/suspicious/noExplicitAny: every route returns something else, and the test knows what
export type AdminResponse = { status: number; body: any };

/** Starts a server with an admin token. */
export async function startWithAdmin(
	t: TestContext,
	options: StartOptions = {},
): Promise<TestServer & { admin: Admin }> {
	const server = await startServer(t, { ...options, env: { ADMIN_TOKEN, ...options.env } });
	async function call(method: string, path: string, body?: unknown): Promise<AdminResponse> {
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
