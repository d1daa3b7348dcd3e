import type { IncomingMessage } from "node:http";

/** Returns the query of a request. */
export function queryOf({ url = "" }: Pick<IncomingMessage, "url">): URLSearchParams {
	return new URLSearchParams(url.slice(url.indexOf("?")));
}
