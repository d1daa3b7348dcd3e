import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { REPORTS_FOLDER } from "../../kit/cli.ts";
import { ServerProcess, type ServerProcessOptions } from "../../kit/server-process.ts";
import { ON_SERVER_CORE } from "../measure/pinning.ts";
import type { ChatProtocol } from "../protocols/protocol.ts";

/** The program of a server, and its settings besides `PORT`. */
type Program = Pick<ServerProcessOptions, "command" | "env">;

/** A server that takes part in the benchmark. */
export type Peer = {
	/** Its name in `--peers`. */
	id: string;
	title: string;
	protocol: ChatProtocol;
	/** Returns the program to start. Every run starts a new process. */
	program(): Program | Promise<Program>;
	/** Creates `count` sessions and returns their tokens, for a server that requires them. */
	createSessions?: (url: string, count: number) => Promise<string[]>;
	/** Stops the services that its servers use. Called after the last run. */
	dispose?: () => Promise<void>;
};

/**
 * Starts a server on its core and a free port; resolves once it accepts connections. Its folder is on the disk of the
 * repository, because the system's folder for temporary files may be in memory.
 */
export async function startPeer(program: Program): Promise<ServerProcess> {
	mkdirSync(REPORTS_FOLDER, { recursive: true });
	return await ServerProcess.start({
		...program,
		under: ON_SERVER_CORE,
		temporaryWithin: REPORTS_FOLDER,
		isReady: acceptsConnections,
	});
}

/** The peers have no `/readyz`. */
async function acceptsConnections(url: string): Promise<boolean> {
	const socket = connect(Number(new URL(url).port), "127.0.0.1");
	const accepted = await once(socket, "connect").then(
		() => true,
		() => false,
	);
	socket.destroy();
	return accepted;
}
