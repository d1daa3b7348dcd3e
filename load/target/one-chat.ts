import { BadInput } from "../bad-input.ts";
import { openSessionAt } from "../processor/http-session.ts";
import type { Target } from "./preflight.ts";

const TIMEOUT_MS = 10_000;

/**
 * Throws where the targets are not servers of one chat, as far as that shows without saying anything in it: a session
 * that one of them opened is good at all of them.
 */
export async function checkOneChat([first, ...others]: Target[]): Promise<void> {
	if (first === undefined || others.length === 0) return;
	const { token } = await openSessionAt(first.url, "load test", first.loadToken);
	for (const { url, loadToken } of others) {
		const headers = { cookie: `session=${token}`, "x-load-token": loadToken };
		const response = await fetch(`${url}/api/rooms`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
		await response.body?.cancel();
		if (response.ok) continue;
		throw new BadInput(
			`${first.url} and ${url} are not servers of one chat: the second does not take a session of the first ` +
				`(it says ${response.status}). They need the same SESSION_SECRET and the same database.`,
		);
	}
}
