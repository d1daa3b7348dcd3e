/** Hono behind a Node server. Imported lazily, because it takes a fifth of the start: see `fast-path-routes.ts`. */
import type { RequestListener } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { createApp } from "../http/app.ts";
import type { AppDeps, MetricsText } from "../http/deps.ts";
import type { FastPathRoutes } from "../http/fast-path-response.ts";
import { createMetricsApp } from "../http/routes/metrics.ts";

const OPTIONS = { overrideGlobalObjects: false };

export function appListener(deps: Omit<AppDeps, "remoteAddress">, fastPath: FastPathRoutes): RequestListener {
	const remoteAddress = (bindings: unknown) => (bindings as HttpBindings | undefined)?.incoming?.socket.remoteAddress;
	const app = createApp({ ...deps, remoteAddress }, fastPath);
	return getRequestListener((request, bindings) => app.fetch(request, bindings), OPTIONS) as RequestListener;
}

export function metricsListener(metrics: MetricsText): RequestListener {
	return getRequestListener(createMetricsApp(metrics).fetch, OPTIONS) as RequestListener;
}
