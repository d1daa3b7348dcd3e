import * as v from "valibot";
import { fetchTarget, printable } from "../../load/kit/target.ts";
import { causeOf } from "../smoke/cause.ts";
import { Stop } from "./stop.ts";

const REQUEST_TIMEOUT_MS = 15_000;
const PAUSE_MS = 500;

const Ready = v.object({ build: v.string() });

/**
 * Polls `/readyz` until this build is ready. Rejects with a {@link Stop} after `waitSeconds`. The success of flyctl is not
 * enough: it updates a stopped machine without starting it. `onWait` is called with each new reason to wait.
 * @param machine the machine to ask; by default the one that the proxy selects
 */
export async function waitUntilLive(
	url: string,
	build: string,
	waitSeconds: number,
	onWait: (reason: string) => void,
	machine?: string,
): Promise<void> {
	const headers = machine === undefined ? {} : { "fly-force-instance-id": machine };
	const deadline = performance.now() + waitSeconds * 1000;
	let reason = "";
	while (performance.now() < deadline) {
		const latest = await reasonToWait(url, build, headers);
		if (latest === undefined) return;
		if (latest !== reason) onWait(latest);
		reason = latest;
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	const subject = machine === undefined ? "the new build" : `the new build on machine ${machine}`;
	throw new Stop(1, `After ${waitSeconds} s ${subject} does not respond at ${url}/readyz: ${reason}.`);
}

async function reasonToWait(url: string, build: string, headers: HeadersInit): Promise<string | undefined> {
	try {
		const response = await fetchTarget(`${url}/readyz`, { headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
		const body: unknown = await response.json().catch(() => undefined);
		if (response.status !== 200) return `it returns ${response.status}`;
		if (!v.is(Ready, body)) return "the server there is not Hubbub";
		return body.build === build ? undefined : `build ${printable(body.build)} still responds`;
	} catch (error) {
		return `no response yet (${causeOf(error)})`;
	}
}
