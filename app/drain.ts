import type { Server as HttpServer } from "node:http";
import type { Chat } from "./room/chat.ts";
import type { Clock } from "./room/ports/clock.ts";
import type { ChatServer } from "./socket/connection.ts";
import { announceDrain, closeConnections } from "./socket/connections.ts";
import type { Disconnector } from "./socket/disconnect.ts";
import { withTimeout } from "./with-timeout.ts";

/** Deadlines for commits, connections and HTTP requests, so that a drain takes at most five seconds. */
const COMMITS_DEADLINE_MS = 2_000;
const CONNECTIONS_DEADLINE_MS = 1_500;
const REQUESTS_DEADLINE_MS = 500;

type DrainDeps = {
	io: ChatServer;
	disconnector: Pick<Disconnector, "connection">;
	chat: Pick<Chat, "drain">;
	http: HttpServer;
	clock: Pick<Clock, "after">;
};

/** Waits for commits, closes the connections and stops listening, in this order (rule D1). New requests are refused already. */
export async function drain({ io, disconnector, chat, http, clock }: DrainDeps): Promise<void> {
	announceDrain(io);
	await withTimeout(chat.drain(), COMMITS_DEADLINE_MS, clock);
	await closeConnections(io, disconnector, CONNECTIONS_DEADLINE_MS);
	const closed = new Promise<void>((resolve) => {
		http.close(() => resolve());
	});
	await withTimeout(closed, REQUESTS_DEADLINE_MS, clock);
	http.closeAllConnections();
}
