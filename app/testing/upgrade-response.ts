import { connect } from "node:net";
import { upgradeRequest } from "../../load/kit/wire.ts";

/** Returns a server's response to a request for a WebSocket, up to the end of its headers. */
export async function upgradeResponse(url: string, path: string, headers: readonly string[] = []): Promise<string> {
	const { hostname, host, port } = new URL(url);
	const socket = connect(Number(port), hostname);
	const endOfHeaders = ["", ...headers, "\r\n"].join("\r\n");
	socket.write(upgradeRequest(host, path).replace(/\r\n\r\n$/, endOfHeaders));
	let response = "";
	for await (const chunk of socket) {
		response += String(chunk);
		if (response.includes("\r\n\r\n")) break;
	}
	return response;
}
