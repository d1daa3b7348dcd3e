import type { SessionData } from "../../../app/protocol.ts";

/** A session of one's own for a user of this name. */
export async function signIn(url: string, name: string): Promise<SessionData> {
	const response = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ name }),
	});
	if (response.status !== 201) throw new Error(`POST /api/session: ${response.status} ${await response.text()}`);
	return (await response.json()) as SessionData;
}
