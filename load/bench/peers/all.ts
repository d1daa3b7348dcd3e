import { globSync } from "node:fs";
import { join } from "node:path";
import { plainWebSocket } from "../protocols/plain-web-socket.ts";
import { tutorial } from "../protocols/tutorial.ts";
import { ours, oursAgain } from "./ours.ts";
import type { Peer } from "./peer.ts";
import { shared } from "./shared.ts";

/** Runs the file that npm installed for this machine: the launcher of the package needs its install script to have run. */
const uwebsockets: Peer = {
	id: "uwebsockets",
	title: "uWebSockets, published through Bun",
	protocol: plainWebSocket,
	program() {
		const [bun] = globSync(join(import.meta.dirname, "../node_modules/@oven/bun-*/bin/bun"));
		if (!bun) throw new Error("Bun has no build for this machine: leave uwebsockets out with --peers.");
		return { command: [bun, serverFile("uwebsockets")] };
	},
};

const ws: Peer = {
	id: "ws",
	title: "ws, one send per member",
	protocol: plainWebSocket,
	program: () => ({ command: [process.execPath, serverFile("ws")] }),
};

const socketIo: Peer = {
	id: "socket.io",
	title: "Socket.IO, as in its tutorial",
	protocol: tutorial,
	program: () => ({ command: [process.execPath, serverFile("socket-io")] }),
};

function serverFile(name: string): string {
	return join(import.meta.dirname, `${name}.server.js`);
}

/** In the order of the tables. */
export const PEERS: readonly Peer[] = [ours, oursAgain, shared, uwebsockets, ws, socketIo];
