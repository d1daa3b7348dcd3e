import type { SessionData } from "../../app/protocol/session.ts";

/** `POST /api/session`: a session of one's own for a user of this name. */
export async function openSessionAt(target: string, name: string, loadToken: string | undefined): Promise<SessionData> {
	const response = await fetch(`${target}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json", ...(loadToken && { "x-load-token": loadToken }) },
		body: JSON.stringify({ name }),
	});
	const answer = await response.json();
	if (response.status !== 201) throw new Error(`session ${answer?.error?.code ?? answer?.code ?? response.status}`);
	return answer;
}
