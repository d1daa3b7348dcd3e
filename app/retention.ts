import { clearInterval, setInterval } from "node:timers";
import type { Chat } from "./room/chat.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Time after which a read mark that was not moved is removed: longer than a session lasts. */
const STALE_READ_MARK_MS = 400 * DAY_MS;
/** Age at which a room without messages and members is removed. */
const EMPTY_ROOM_MS = DAY_MS;

/**
 * Removes messages older than `days`, old rooms without messages and old read marks, now and every hour. `days` 0 keeps all messages.
 * Returns a function that stops it.
 */
export function keepForDays(
	{
		rooms,
		readMarks,
	}: { rooms: Pick<Chat["rooms"], "prune" | "pruneEmpty">; readMarks: Pick<Chat["readMarks"], "prune"> },
	days: number,
	onError: (error: unknown) => void,
): () => void {
	async function prune(): Promise<void> {
		const now = Date.now();
		if (days > 0) await rooms.prune(now - days * DAY_MS);
		await rooms.pruneEmpty(now - EMPTY_ROOM_MS);
		await readMarks.prune(now - STALE_READ_MARK_MS);
	}
	prune().catch(onError);
	const timer = setInterval(() => prune().catch(onError), HOUR_MS).unref();
	return () => clearInterval(timer);
}
