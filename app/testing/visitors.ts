import type { SessionData } from "../protocol/session.ts";
import { type ClientOptions, TestClient } from "./client.ts";

/** The people who come to a chat, all by one way in. */
export type Visitors = {
	signIn(name: string): Promise<SessionData>;
	/** A connection for a session that is there already. */
	connect(session: SessionData, options?: ClientOptions): Promise<TestClient>;
	/** Somebody new, signed in and connected. */
	client(name: string, options?: ClientOptions): Promise<TestClient>;
};

/** Also answers how to send everybody away. */
export function visitorsOf(url: string): { visitors: Visitors; sendAway(): void } {
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
	function sendAway(): void {
		for (const client of clients) client.close();
	}
	return { visitors: { signIn, connect, client }, sendAway };
}
