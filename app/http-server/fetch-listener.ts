/** Hono behind a Node server, and all that `fetch` stands on there: imported when it is needed, and not before. */
import type { RequestListener } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { createApp } from "../http/app.ts";
import type { AppDeps, MetricsText } from "../http/deps.ts";
import type { FastPathRoutes } from "../http/fast-path-response.ts";
import { createMetricsApp } from "../http/routes/metrics.ts";

const OPTIONS = { overrideGlobalObjects: false };

export function appListener(deps: Omit<AppDeps, "remoteAddress">, plain: FastPathRoutes): RequestListener {
	const remoteAddress = (bindings: unknown) => (bindings as HttpBindings | undefined)?.incoming?.socket.remoteAddress;
	const app = createApp({ ...deps, remoteAddress }, plain);
	return getRequestListener((request, bindings) => app.fetch(request, bindings), OPTIONS) as RequestListener;
}

export function metricsListener(metrics: MetricsText): RequestListener {
	return getRequestListener(createMetricsApp(metrics).fetch, OPTIONS) as RequestListener;
}
