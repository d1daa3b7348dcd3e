import type { Chat } from "./room/chat.ts";
import type { Clock } from "./room/ports/clock.ts";
import type { Store } from "./room/ports/store.ts";

const MINUTE_MS = 60 * 1_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Time after which a read mark that was not moved is removed: longer than a session lasts. */
const STALE_READ_MARK_MS = 400 * DAY_MS;
/** Age at which a room without messages and members is removed. */
const EMPTY_ROOM_MS = DAY_MS;
const CHECK_MS = MINUTE_MS;
/** The clock jumped if within one check it went this much faster or slower than time does. */
const JUMP_MS = 30_000;

type Retained = {
	rooms: Pick<Chat["rooms"], "prune" | "pruneEmpty" | "sweepFiles">;
	readMarks: Pick<Chat["readMarks"], "prune">;
	dropEnded: Store["dropEnded"];
};

type RetentionOptions = {
	/** 0 keeps all messages. */
	days: number;
	clock: Clock;
	onError: (error: unknown) => void;
};

/**
 * Every hour, deletes messages older than `days`, old rooms without messages, files without a message, old read marks, and
 * the bans and revocations that have ended. Nothing is deleted in the first hour, or in the hour after the clock jumped: a
 * machine that starts with a wrong clock would delete everything, and its clock is set soon. Returns a function that stops
 * it.
 */
export function keepForDays(
	{ rooms, readMarks, dropEnded }: Retained,
	{ days, clock, onError }: RetentionOptions,
): () => void {
	const offset = () => clock.now() - clock.monotonic();
	let knownOffset = offset();
	let waitsSince = clock.monotonic();
	let cancel = clock.after(CHECK_MS, check);

	function check(): void {
		const hasJumped = Math.abs(offset() - knownOffset) > JUMP_MS;
		knownOffset = offset();
		if (hasJumped) waitsSince = clock.monotonic();
		if (clock.monotonic() - waitsSince >= HOUR_MS) {
			waitsSince = clock.monotonic();
			run().catch(onError);
		}
		cancel = clock.after(CHECK_MS, check);
	}

	async function run(): Promise<void> {
		const now = clock.now();
		if (days > 0) await rooms.prune(now - days * DAY_MS);
		await rooms.pruneEmpty(now - EMPTY_ROOM_MS);
		await rooms.sweepFiles();
		await readMarks.prune(now - STALE_READ_MARK_MS);
		await dropEnded(now);
	}

	return () => cancel();
}
