import * as v from "valibot";
import { causeOf } from "../smoke/cause.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const TIMEOUT_MS = 15_000;
const SAMPLES = 7;
const SLOW_MS = 300;
const CLOCK_TOLERANCE_MS = 5_000;

const Ready = v.object({ build: v.string() });

/** Health, version, latency and clock, from a few requests for `/readyz`. With no answer at all there is one finding. */
export async function checkServer(url: string): Promise<Finding[]> {
	let first: Sample;
	try {
		// Not counted: it may wake the machine, and it opens the connection.
		first = await sample(url);
	} catch (error) {
		return [fail("health", causeOf(error), `Is it running, and is the address right? Try: curl -v ${url}/readyz`)];
	}
	const samples: Sample[] = [];
	while (first.status === 200 && samples.length < SAMPLES) samples.push(await sample(url));
	return [...health(first), ...(samples.length > 0 ? [latency(samples), clock(samples)] : [])];
}

type Sample = { status: number; body: unknown; ms: number; serverTime: number; sentAt: number };

async function sample(url: string): Promise<Sample> {
	const sentAt = Date.now();
	const began = performance.now();
	const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
	const body: unknown = await response.json().catch(() => undefined);
	const ms = performance.now() - began;
	return { status: response.status, body, ms, sentAt, serverTime: Date.parse(response.headers.get("date") ?? "") };
}

function health({ status, body, ms }: Sample): Finding[] {
	if (status === 503) {
		return [fail("health", "not ready (503)", "It is starting, draining or can't write its database: see its log.")];
	}
	if (status !== 200 || !v.is(Ready, body)) {
		return [
			fail("health", `/readyz answers ${status}`, "That is not Hubbub, or a proxy in front answers in its place."),
		];
	}
	return [ok("health", `ready; first answer after ${ms.toFixed(0)} ms`), ok("version", `build ${body.build}`)];
}

function latency(samples: Sample[]): Finding {
	const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)]!;
	const seen = `${median.toFixed(0)} ms for a request (median of ${sorted.length}; slowest ${sorted.at(-1)!.toFixed(0)} ms)`;
	if (median < SLOW_MS) return ok("latency", seen);
	return warn("latency", seen, "Every message takes this long: move it nearer to its people (--region on Fly.io).");
}

/** The Date header counts whole seconds, so the tolerance is wide. */
function clock(samples: Sample[]): Finding {
	const { serverTime, sentAt, ms } = samples.at(-1)!;
	if (Number.isNaN(serverTime)) return warn("clock", "no Date header", "A proxy removes it; let it through.");
	const offMs = serverTime - (sentAt + ms / 2);
	const seen = `${(Math.abs(offMs) / 1000).toFixed(0)} s ${offMs < 0 ? "behind" : "ahead of"} this machine`;
	if (Math.abs(offMs) <= CLOCK_TOLERANCE_MS)
		return ok("clock", `within ${CLOCK_TOLERANCE_MS / 1000} s of this machine`);
	return warn("clock", seen, "Messages carry the server's time: let NTP set both clocks (timedatectl).");
}
