import { withTimeout } from "../../with-timeout.ts";
import type { AppDeps } from "../deps.ts";
import type { FastPathResponse } from "../fast-path-response.ts";

/** A store that does not respond within this time is unavailable. */
const PING_TIMEOUT_MS = 3_000;
/** Time for which a result is reused, because a ping costs a durable write and anybody may request one. */
const PING_RESULT_MS = 1_000;

/** Paths of the health checks. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(["/livez", "/readyz", "/healthz"]);

type Deps = Pick<AppDeps, "build" | "ping" | "isStoreFailing" | "isDraining" | "clock">;

/** `/livez`: the process responds. `/readyz`, or `/healthz`: requests can be served. */
export function healthRoutes({ build, ping, isStoreFailing, isDraining, clock }: Deps) {
	const canWrite = shared(
		async () =>
			(await withTimeout(
				ping().then(() => true),
				PING_TIMEOUT_MS,
				clock,
			)) ?? false,
		clock,
	);

	return (path: string): FastPathResponse | Promise<FastPathResponse> | undefined => {
		if (path === "/livez") return response(200, { status: "alive", build });
		return HEALTH_PATHS.has(path) ? readiness() : undefined;
	};

	async function readiness(): Promise<FastPathResponse> {
		if (isDraining()) return response(503, { status: "draining", build, reason: "The server is shutting down." });
		// A ping may be a second old, and may succeed where messages can't be stored.
		if (!isStoreFailing() && (await canWrite()) && !isStoreFailing()) return response(200, { status: "ready", build });
		return response(503, { status: "unavailable", build, reason: "The store can't be written right now." });
	}
}

function response(status: 200 | 503, body: Record<string, string>): FastPathResponse {
	const headers = { "Cache-Control": "no-store", "Content-Type": "application/json" };
	return { status, headers, body: JSON.stringify(body) };
}

function shared(check: () => Promise<boolean>, clock: Deps["clock"]): () => Promise<boolean> {
	let last: { at: number; result: Promise<boolean> } | undefined;
	return () => {
		const now = clock.monotonic();
		if (last === undefined || now - last.at >= PING_RESULT_MS) last = { at: now, result: check() };
		return last.result;
	};
}
