import * as v from "valibot";
import { causeOf } from "../smoke/cause.ts";
import { Stop } from "./stop.ts";

const REQUEST_TIMEOUT_MS = 15_000;
const PAUSE_MS = 500;

const Ready = v.object({ build: v.string() });

/**
 * Asks `/readyz` until this very build answers that it is ready; rejects with a {@link Stop} after `waitSeconds`.
 * flyctl updates a stopped machine without starting it, so its own success says nothing about a broken build.
 * `onWait` gets a new reason for waiting as it comes up.
 */
export async function waitUntilLive(
	url: string,
	build: string,
	waitSeconds: number,
	onWait: (reason: string) => void,
): Promise<void> {
	const deadline = performance.now() + waitSeconds * 1000;
	let reason = "";
	while (performance.now() < deadline) {
		const latest = await reasonToWait(url, build);
		if (latest === undefined) return;
		if (latest !== reason) onWait(latest);
		reason = latest;
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	throw new Stop(1, `After ${waitSeconds} s the new build does not answer at ${url}/readyz: ${reason}.`);
}

async function reasonToWait(url: string, build: string): Promise<string | undefined> {
	try {
		const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
		const body: unknown = await response.json().catch(() => undefined);
		if (response.status !== 200) return `it answers ${response.status}`;
		if (!v.is(Ready, body)) return "what answers there is not Hubbub";
		return body.build === build ? undefined : `build ${body.build} still answers`;
	} catch (error) {
		return `no answer yet (${causeOf(error)})`;
	}
}
