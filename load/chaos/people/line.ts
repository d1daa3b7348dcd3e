import { Agent } from "node:http";
import { io, type ManagerOptions, type Socket } from "socket.io-client";
import {
	type ClientToServerEvents,
	PROTOCOL_VERSION,
	type ServerToClientEvents,
} from "../../../app/protocol/events.ts";

export type Line = Socket<ServerToClientEvents, ClientToServerEvents>;
export type Transport = "websocket" | "polling";

/** An attempt that takes longer has failed. */
const CONNECT_TIMEOUT_MS = 8_000;

/**
 * A line that is being made, once: coming back is its owner's own affair. `from` is the address of this machine that it
 * begins at.
 */
export function dial(url: string, token: string, transports: readonly Transport[], from?: string): Line {
	return io(url, {
		auth: { token, v: PROTOCOL_VERSION },
		transports: [...transports],
		upgrade: transports.length > 1,
		reconnection: false,
		forceNew: true,
		timeout: CONNECT_TIMEOUT_MS,
		...(from !== undefined && { agent: agentOf(from) }),
	});
}

/** Its type is the browser's, where it is a text; under Node it is handed on to `http.request`. */
function agentOf(localAddress: string): NonNullable<ManagerOptions["agent"]> {
	return new Agent({ localAddress }) as unknown as NonNullable<ManagerOptions["agent"]>;
}
