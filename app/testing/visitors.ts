import type { SessionData } from "../protocol/session.ts";
import { type ClientOptions, TestClient } from "./client.ts";

/** Signs users in to a chat and connects them. */
export type Visitors = {
	signIn(name: string): Promise<SessionData>;
	/** Connects a client with an existing session. */
	connect(session: SessionData, options?: ClientOptions): Promise<TestClient>;
	/** Signs a new user in and connects them. */
	client(name: string, options?: ClientOptions): Promise<TestClient>;
};

/** Returns the visitors of a chat, and a function that closes all their connections. */
export function visitorsOf(url: string): { visitors: Visitors; closeAll(): void } {
	const clients = new Set<TestClient>();

	async function signIn(name: string): Promise<SessionData> {
		const response = await fetch(`${url}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ name }),
		});
		if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
		return response.json();
	}
	async function connect(session: SessionData, options?: ClientOptions): Promise<TestClient> {
		const client = new TestClient(url, session, options);
		clients.add(client);
		await client.connected();
		return client;
	}
	const client = async (name: string, options?: ClientOptions) => connect(await signIn(name), options);
	function closeAll(): void {
		for (const client of clients) client.close();
	}
	return { visitors: { signIn, connect, client }, closeAll };
}
