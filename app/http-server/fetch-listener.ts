/** Hono behind a Node server. Imported lazily, because it takes a fifth of the start: see `fast-path-routes.ts`. */
import type { IncomingMessage, RequestListener } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { createApp } from "../http/app.ts";
import type { AppDeps, MetricsText } from "../http/deps.ts";
import type { FastPathRoutes } from "../http/fast-path-response.ts";
import { createMetricsApp } from "../http/routes/metrics.ts";

const OPTIONS = { overrideGlobalObjects: false };

/** What is read from the platform's own request. */
export type PlatformDeps = "remoteAddress" | "nodeRequest";

export function appListener(deps: Omit<AppDeps, PlatformDeps>, fastPath: FastPathRoutes): RequestListener {
	const nodeRequest = (bindings: unknown) =>
		(bindings as HttpBindings | undefined)?.incoming as IncomingMessage | undefined;
	const remoteAddress = (bindings: unknown) => nodeRequest(bindings)?.socket.remoteAddress;
	const app = createApp({ ...deps, remoteAddress, nodeRequest }, fastPath);
	const listener = getRequestListener((request, bindings) => app.fetch(request, bindings), OPTIONS) as RequestListener;
	return (incoming, outgoing) => {
		incoming.url = withDotNames(incoming.url ?? "");
		listener(incoming, outgoing);
	};
}

/**
 * Returns the target of a request with `%20` after each path segment that is `.` or `..`. Rooms may have these names,
 * but `new URL` removes the segments, also when written as `%2E`. A space at the end is no part of a name.
 */
function withDotNames(target: string): string {
	const [path = "", ...query] = target.split("?");
	return [path.replace(/(?<=\/)(?:\.|%2e){1,2}(?=\/|$)/gi, "$&%20"), ...query].join("?");
}

export function metricsListener(metrics: MetricsText): RequestListener {
	return getRequestListener(createMetricsApp(metrics).fetch, OPTIONS) as RequestListener;
}
