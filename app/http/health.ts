import { Hono } from "hono";
import type { AppDeps, Env } from "./deps.ts";

/** A store that does not answer for so long is not there. */
const PING_TIMEOUT_MS = 3_000;
/** A ping costs a durable write, and anybody may ask: one answer serves everyone for so long. */
const PING_HOLDS_MS = 1_000;

type Deps = Pick<AppDeps, "build" | "ping" | "isDraining" | "clock">;

/** `/livez` (the process answers), `/readyz` and its other name `/healthz` (requests can be served). */
export function healthRoutes({ build, ping, isDraining, clock }: Deps): Hono<Env> {
	const canWrite = shared(() => withinTime(ping, clock), clock);

	return new Hono<Env>()
		.use(async (c, next) => {
			c.header("Cache-Control", "no-store");
			await next();
		})
		.get("/livez", (c) => c.json({ status: "alive", build }))
		.on("GET", ["/readyz", "/healthz"], async (c) => {
			if (isDraining()) return c.json({ status: "draining", build, reason: "The server is shutting down." }, 503);
			if (await canWrite()) return c.json({ status: "ready", build });
			return c.json({ status: "unavailable", build, reason: "The store can't be written just now." }, 503);
		});
}

function withinTime(ping: () => Promise<void>, clock: Deps["clock"]): Promise<boolean> {
	return new Promise((resolve) => {
		const cancel = clock.after(PING_TIMEOUT_MS, () => resolve(false));
		ping()
			.then(
				() => resolve(true),
				() => resolve(false),
			)
			.finally(cancel);
	});
}

function shared(check: () => Promise<boolean>, clock: Deps["clock"]): () => Promise<boolean> {
	let last: { at: number; answer: Promise<boolean> } | undefined;
	return () => {
		const now = clock.monotonic();
		if (last === undefined || now - last.at >= PING_HOLDS_MS) last = { at: now, answer: check() };
		return last.answer;
	};
}
