import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { TrustSettings } from "../http/deps.ts";
import type { FastPathResponse, FastPathRoutes } from "../http/fast-path-response.ts";
import { securityHeaders } from "../http/security-headers.ts";
import { headersOf } from "../request-trust/headers.ts";
import { isHttps } from "../request-trust/scheme.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { LazyListener } from "./lazy-listener.ts";

/** No query, nothing encoded: everything else is for the app to read. */
const PLAIN_PATH = /^\/[\w./-]*$/;
/** The app is loaded so long after the first answer, while a browser reads the page that it got. */
const LOAD_AFTER_MS = 100;

type StaticFastPathDeps = {
	plain: FastPathRoutes;
	/** Everything else, and whatever goes wrong here. */
	app: Pick<LazyListener, "load" | "listen">;
	trust: Pick<TrustSettings, "trustProxy">;
	clock: Pick<Clock, "after">;
};

/** A Node server's listener: it answers health and page by itself, so that a server that was woken up is there at once. */
export function staticFastPath({ plain, app, trust, clock }: StaticFastPathDeps): RequestListener {
	let isFirst = true;

	async function answerTo({ method, url = "", headers }: IncomingMessage): Promise<FastPathResponse | undefined> {
		if (method !== "GET" || !PLAIN_PATH.test(url)) return undefined;
		try {
			return await plain(url, headersOf(headers));
		} catch {
			// It fails there once more, and there it is told.
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
		const answer = await answerTo(incoming);
		if (answer) send(answer, incoming, outgoing);
		else app.listen(incoming, outgoing);
	};
}
