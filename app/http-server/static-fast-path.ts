import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { TrustSettings } from "../http/deps.ts";
import type { FastPathResponse, FastPathRoutes } from "../http/fast-path-response.ts";
import { securityHeaders } from "../http/security-headers.ts";
import { headersOf } from "../request-trust/headers.ts";
import { isHttps } from "../request-trust/scheme.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { LazyListener } from "./lazy-listener.ts";

/** A path without a query or escapes. The app handles all others. */
const PLAIN_PATH = /^\/[\w./-]*$/;
/** Delay after the first response until the app is loaded, while the browser reads the page. */
const LOAD_AFTER_MS = 100;

type StaticFastPathDeps = {
	fastPath: FastPathRoutes;
	/** Handles all other requests, and those that fail here. */
	app: Pick<LazyListener, "load" | "listen">;
	trust: Pick<TrustSettings, "trustProxy">;
	clock: Pick<Clock, "after">;
};

/** Returns the request listener of a Node server that serves health and page itself, without loading the app. */
export function staticFastPath({ fastPath, app, trust, clock }: StaticFastPathDeps): RequestListener {
	let isFirst = true;

	async function respondTo({ method, url = "", headers }: IncomingMessage): Promise<FastPathResponse | undefined> {
		if (method !== "GET" || !PLAIN_PATH.test(url)) return undefined;
		try {
			return await fastPath(url, headersOf(headers));
		} catch {
			// The app handles the request again, fails too and logs the error.
			return undefined;
		}
	}

	function send(
		{ status, headers, body }: FastPathResponse,
		incoming: IncomingMessage,
		outgoing: ServerResponse,
	): void {
		const secure = securityHeaders(isHttps(false, headersOf(incoming.headers), trust.trustProxy));
		outgoing.writeHead(status, { ...secure, ...headers }).end(body);
		if (isFirst) clock.after(LOAD_AFTER_MS, () => void app.load());
		isFirst = false;
	}

	return async (incoming, outgoing) => {
		// Others of the same read may follow the request that ended the connection.
		if (incoming.socket.destroyed) return;
		const response = await respondTo(incoming);
		if (response) send(response, incoming, outgoing);
		else app.listen(incoming, outgoing);
	};
}
