import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { SessionData } from "../../../app/protocol/session.ts";

/** A session of one's own for a user of this name; `from` is the address of this machine that it is asked for from. */
export async function signIn(url: string, name: string, from?: string): Promise<SessionData> {
	const asking = request(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		...(from !== undefined && { localAddress: from }),
	});
	asking.end(JSON.stringify({ name }));
	const [response] = (await once(asking, "response")) as [IncomingMessage];
	const answer = await text(response);
	if (response.statusCode !== 201) throw new Error(`POST /api/session: ${response.statusCode} ${answer}`);
	return JSON.parse(answer) as SessionData;
}
