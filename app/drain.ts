import type { Server as HttpServer } from "node:http";
import type { Chat } from "./room/chat.ts";
import type { Clock } from "./room/ports/clock.ts";
import type { ChatServer } from "./socket/connection.ts";
import { announceDrain, closeLines } from "./socket/connections.ts";
import { withTimeout } from "./with-timeout.ts";

/** How long a drain waits for commits, for lines and for HTTP requests, so that it ends within five seconds whatever hangs. */
const COMMITS_DEADLINE_MS = 2_000;
const LINES_DEADLINE_MS = 1_500;
const REQUESTS_DEADLINE_MS = 500;

type DrainDeps = {
	io: ChatServer;
	chat: Pick<Chat, "drain">;
	http: HttpServer;
	clock: Pick<Clock, "after">;
};

/** Ends what was begun, the lines and the listening, in this order (rule D1). What is new is refused already. */
export async function drain({ io, chat, http, clock }: DrainDeps): Promise<void> {
	announceDrain(io);
	await withTimeout(chat.drain(), COMMITS_DEADLINE_MS, clock);
	await closeLines(io, LINES_DEADLINE_MS);
	const closed = new Promise<void>((resolve) => {
		http.close(() => resolve());
	});
	await withTimeout(closed, REQUESTS_DEADLINE_MS, clock);
	http.closeAllConnections();
}
