import type { Refusal } from "../protocol/refusal.ts";
import type { SessionData } from "../protocol/session.ts";
import { type ClientOptions, TestClient } from "./client.ts";
import type { TestServer } from "./harness.ts";

/** Returns the refusal of a handshake, or undefined if it is accepted. */
export async function handshakeRefusal(
	server: TestServer,
	session: SessionData,
	options?: ClientOptions,
): Promise<Refusal | undefined> {
	const client = new TestClient(server.url, session, options);
	try {
		await client.connected();
		return undefined;
	} catch (error) {
		return (error as Error).cause as Refusal;
	} finally {
		client.close();
	}
}
