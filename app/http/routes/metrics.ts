import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { hasAdminToken, hasLoadToken } from "../../request-trust/tokens.ts";
import type { AppDeps, Env, MetricsText, TrustSettings } from "../deps.ts";

/** `/metrics` only, for a port of its own. */
export function createMetricsApp(metrics: MetricsText): Hono<Env> {
	return new Hono<Env>().get("/metrics", async (c) =>
		c.body(await metrics.text(), 200, { "Content-Type": metrics.contentType, "Cache-Control": "no-store" }),
	);
}

/** `/metrics` beside the other routes: open to everyone, or with `METRICS_PORT` only to holders of a token. */
export function metricsRoute({ metrics, trust }: Pick<AppDeps, "metrics" | "trust">): Hono<Env> {
	return new Hono<Env>().use("/metrics", tokenHoldersOnly(trust)).route("/", createMetricsApp(metrics));
}

function tokenHoldersOnly({ metricsPort, adminToken, loadToken }: TrustSettings) {
	return createMiddleware<Env>(async (c, next) => {
		const header = (name: string) => c.req.header(name);
		const isOpen = metricsPort === undefined || hasAdminToken(header, adminToken) || hasLoadToken(header, loadToken);
		return isOpen ? next() : c.notFound();
	});
}
