/** All lines at once: before the process ends, and after it slept. */
import type { ChatServer } from "./connection.ts";

/** Clients come back over at least this long, and a millisecond more for each, so that they do not come all at once. */
const MIN_RETURN_MS = 1_000;
const MAX_RETURN_MS = 15_000;

/** Tells every client that this process is about to end, and within which time to come back (rule D1). */
export function announceDrain(io: ChatServer): void {
	const retryAfterMs = Math.min(MAX_RETURN_MS, MIN_RETURN_MS + io.engine.clientsCount);
	io.emit("server:draining", { retryAfterMs });
}

/**
 * Closes every line once what is queued on it is written. The transports are closed and not the sockets: to a client,
 * a socket that the server disconnects is a goodbye, after which it stays away.
 */
export async function closeLines(io: ChatServer, deadlineMs: number): Promise<void> {
	const lines = linesOf(io);
	// Engine.IO counts a line as closed before its WebSocket is: that waits for the other side's goodbye.
	const ends: Closable[] = lines.map((line) => line.transport.socket ?? line);
	const closed = ends.map((end) => new Promise<void>((resolve) => end.once("close", () => resolve())));
	for (const line of lines) line.close();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, deadlineMs);
	});
	await Promise.race([Promise.all(closed), late]);
	clearTimeout(timer);
	// Whoever has not answered by now would hold the process up for 30 seconds more.
	for (const { transport } of lines) transport.socket?.terminate();
	io.engine.close();
}

/** Cuts every line without a word; new ones are welcome. */
export function cutLines(io: ChatServer): void {
	for (const line of linesOf(io)) line.close(true);
}

type Closable = { once(event: "close", listener: () => void): void };
type Line = Closable & {
	/** Only over WebSocket there is a socket. */
	transport: { socket?: Closable & { terminate(): void } };
	close(discard?: boolean): void;
};

/** Engine.IO keeps its clients by id; its type calls that protected. */
function linesOf(io: ChatServer): Line[] {
	return Object.values((io.engine as unknown as { clients: Record<string, Line> }).clients);
}
