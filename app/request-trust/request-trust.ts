import { clientAddress, type TrustProxy } from "./address.ts";
import { headersOf } from "./headers.ts";
import { type HostSettings, ownHostCheck } from "./host.ts";
import { isOwnOrigin } from "./origin.ts";
import { hasLoadToken } from "./tokens.ts";

type RequestTrustSettings = HostSettings & {
	trustProxy: TrustProxy;
	loadToken: string | undefined;
};

/** The parts of a Node request that are read. */
type NodeRequest = {
	headers: Readonly<Record<string, string | string[] | undefined>>;
	socket: { remoteAddress?: string | undefined };
};

/** Reads requests as far as the operator's settings trust their headers. */
export type RequestTrust = {
	/** Returns the address that the limits count a request by. */
	addressOf(request: NodeRequest): string;
	/** Returns whether a request has the load token, which lifts the limits per address. */
	hasLoadToken(request: NodeRequest): boolean;
	/** Returns whether a request comes from the chat's own page or from a program (rule S4). */
	isOwnOrigin(request: NodeRequest): boolean;
	/** Returns whether a request names the chat by one of its own names (rule S8). */
	isOwnHost(request: NodeRequest): boolean;
};

export function requestTrust({ trustProxy, publicOrigins, flyApp, loadToken }: RequestTrustSettings): RequestTrust {
	const isOwnHost = ownHostCheck({ publicOrigins, flyApp });
	return {
		addressOf: ({ headers, socket }) => clientAddress(socket.remoteAddress, headersOf(headers), trustProxy),
		hasLoadToken: ({ headers }) => hasLoadToken(headersOf(headers), loadToken),
		isOwnOrigin: ({ headers }) => isOwnOrigin(headersOf(headers), publicOrigins),
		isOwnHost: ({ headers }) => isOwnHost(headersOf(headers)),
	};
}
