import { clearInterval, setInterval } from "node:timers";
import type { Chat } from "./room/chat.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** A room that somebody made and nobody wrote in is forgotten after this long without members. */
const EMPTY_ROOM_MS = DAY_MS;

/**
 * Forgets messages that are older than `days`, and rooms in which nothing was ever said, now and every hour; 0 keeps every
 * message. Answers how to stop.
 */
export function keepForDays(
	rooms: Pick<Chat["rooms"], "prune" | "pruneEmpty">,
	days: number,
	onError: (error: unknown) => void,
): () => void {
	async function prune(): Promise<void> {
		const now = Date.now();
		if (days > 0) await rooms.prune(now - days * DAY_MS);
		await rooms.pruneEmpty(now - EMPTY_ROOM_MS);
	}
	prune().catch(onError);
	const timer = setInterval(() => prune().catch(onError), HOUR_MS).unref();
	return () => clearInterval(timer);
}
