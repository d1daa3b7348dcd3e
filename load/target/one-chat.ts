import { BadInput } from "../kit/cli.ts";
import { signIn } from "../kit/sign-in.ts";
import type { Target } from "./preflight.ts";

const TIMEOUT_MS = 10_000;

/** Throws {@link BadInput} where a session that the first target opened is not valid at each of the others. */
export async function checkOneChat([first, ...others]: Target[]): Promise<void> {
	if (first === undefined || others.length === 0) return;
	const { token } = await signIn(first.url, "load test", { loadToken: first.loadToken });
	for (const { url, loadToken } of others) {
		const headers = { cookie: `session=${token}`, "x-load-token": loadToken };
		const response = await fetch(`${url}/api/rooms`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
		await response.body?.cancel();
		if (response.ok) continue;
		throw new BadInput(
			`${first.url} and ${url} are not servers of one chat: the second does not accept a session of the first ` +
				`(status ${response.status}). They need the same SESSION_SECRET and the same database.`,
		);
	}
}
