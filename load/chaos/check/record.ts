/** Something said, and what became of it. */
export type Said = {
	clientId: string;
	body: string;
	/** The line on which it was first sent; 0 while there was none. */
	line: number;
	/** Milliseconds of the monotonic clock. */
	saidAt: number;
	/** Each ack: the seq that it named, and the line on which it came. More than one is allowed, if they agree. */
	acks: { seq: number; line: number; at: number }[];
	refusals: number;
};

/** An entry, as it was shown. */
export type Told = {
	seq: number;
	/** The author's id; undefined for what is no message. */
	author: string | undefined;
	body: string | undefined;
	line: number;
	/** Milliseconds of the monotonic clock. */
	at: number;
};

/** What was on somebody's screen from one start to the next: all that follows `since` is theirs to be told. */
export type Episode = { since: number; told: Told[] };

/** What one person said, had acked and was told. This and the store are all that the checker goes by. */
export type PersonRecord = {
	author: string;
	room: string;
	said: Said[];
	/** The last one is on the screen; the ones before were dropped, as a `gap` asks for. */
	episodes: Episode[];
	/** Own messages that arrived before the ack that was to come first (rule M4). */
	toldBeforeAck: number;
	/** Entries that were missing when the next ones arrived on a line that was up. Asking for them heals the screen. */
	missedOnLine: number;
};

/** A row of the store. */
export type Stored = { seq: number; author: string; clientId: string; body: string };
