import * as v from "valibot";
import { fetchTarget, printable } from "../../load/kit/target.ts";
import { causeOf } from "../smoke/cause.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const TIMEOUT_MS = 15_000;
const SAMPLES = 7;
const SLOW_MS = 300;
const CLOCK_TOLERANCE_MS = 5_000;

const Ready = v.object({ build: v.string() });

/** Checks health, version, latency and clock with a few requests for `/readyz`. */
export async function checkServer(url: string): Promise<Finding[]> {
	let first: Sample;
	try {
		// Not measured: this request may wake the machine, and opens the connection.
		first = await sample(url);
	} catch (error) {
		return [
			fail("health", causeOf(error), `Check that it is running and that the address is right: curl -v ${url}/readyz`),
		];
	}
	const samples: Sample[] = [];
	while (first.status === 200 && samples.length < SAMPLES) samples.push(await sample(url));
	return [...health(first), ...(samples.length > 0 ? [latency(samples), clock(samples)] : [])];
}

type Sample = { status: number; body: unknown; ms: number; serverTime: number; sentAt: number };

async function sample(url: string): Promise<Sample> {
	const sentAt = Date.now();
	const began = performance.now();
	const response = await fetchTarget(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
	const body: unknown = await response.json().catch(() => undefined);
	const ms = performance.now() - began;
	return { status: response.status, body, ms, sentAt, serverTime: Date.parse(response.headers.get("date") ?? "") };
}

function health({ status, body, ms }: Sample): Finding[] {
	if (status === 503) {
		return [
			fail("health", "not ready (503)", "It is starting, draining, or cannot write to its database. See its log."),
		];
	}
	if (status !== 200 || !v.is(Ready, body)) {
		return [
			fail("health", `/readyz returns ${status}`, "That is not Hubbub, or a reverse proxy responds in its place."),
		];
	}
	return [
		ok("health", `ready; first response after ${ms.toFixed(0)} ms`),
		ok("version", `build ${printable(body.build)}`),
	];
}

function latency(samples: Sample[]): Finding {
	const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)]!;
	const seen = `${median.toFixed(0)} ms per request (median of ${sorted.length}; slowest ${sorted.at(-1)!.toFixed(0)} ms)`;
	if (median < SLOW_MS) return ok("latency", seen);
	return warn(
		"latency",
		seen,
		"Every message takes this long. Move the server closer to its users (--region on Fly.io).",
	);
}

/** The Date header counts whole seconds, so the tolerance is wide. */
function clock(samples: Sample[]): Finding {
	const { serverTime, sentAt, ms } = samples.at(-1)!;
	if (Number.isNaN(serverTime))
		return warn("clock", "no Date header", "A reverse proxy removes it. Configure it to forward the header.");
	const offMs = serverTime - (sentAt + ms / 2);
	const seen = `${(Math.abs(offMs) / 1000).toFixed(0)} s ${offMs < 0 ? "behind" : "ahead of"} this computer`;
	if (Math.abs(offMs) <= CLOCK_TOLERANCE_MS)
		return ok("clock", `within ${CLOCK_TOLERANCE_MS / 1000} s of this computer`);
	return warn("clock", seen, "Messages show the server's time. Synchronise both clocks with NTP (timedatectl).");
}
