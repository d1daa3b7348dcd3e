import { clearInterval, setInterval } from "node:timers";
import type { Chat } from "./room/chat.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Age at which a room without messages and members is removed. */
const EMPTY_ROOM_MS = DAY_MS;

/**
 * Removes messages older than `days`, and old rooms without messages, now and every hour. `days` 0 keeps all messages.
 * Returns a function that stops it.
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
