import type { HistoryData } from "../../app/protocol/message.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { compareStates } from "./compare.ts";
import type { ComputedRoom } from "./computed-room.ts";

/** Users who are compared at a time. */
const CONCURRENCY = 8;
/** Entries may still arrive while the history is read; then it is read again. */
const ATTEMPTS = 3;
/** Number of differences that are described; all are counted. */
const MAX_SENTENCES = 10;

/** What the users computed of their rooms, compared with the histories that the server returned to them at the end. */
export type StateCheck = {
	/** Users whose state was compared. */
	users: number;
	/** Users whose history could not be read at the seq that they had reached. */
	unread: number;
	/** Messages that were compared, counted once per user. */
	messages: number;
	/** Messages that differ. */
	differing: number;
	sentences: string[];
};

/** A user with a connection and the state of each room that it is in. */
export type StateHolder = {
	row: { user: number };
	states(): { room: string; state: ComputedRoom }[];
	/** Requests the newest messages of a room. */
	history(room: string): Promise<Ack<unknown>>;
};

export async function compareSample(users: readonly StateHolder[]): Promise<StateCheck> {
	const check = noCheck();
	const left = [...users];
	const worker = async () => {
		for (let user = left.pop(); user; user = left.pop()) {
			for (const { room, state } of user.states()) await checkState(check, user, room, state);
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
	return check;
}

async function checkState(check: StateCheck, user: StateHolder, room: string, state: ComputedRoom): Promise<void> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const ack = await user.history(room);
		if (!ack.ok) break;
		const page = ack.data as HistoryData;
		if (page.seq !== state.head) continue;
		const { compared, differing, sentences } = compareStates(state, page);
		check.users++;
		check.messages += compared;
		check.differing += differing;
		const described = sentences.map((sentence) => `${room}, user ${user.row.user}: ${sentence}`);
		check.sentences.push(...described.slice(0, MAX_SENTENCES - check.sentences.length));
		return;
	}
	check.unread++;
}

/** Returns the checks of all threads as one. */
export function addChecks(checks: Iterable<StateCheck>): StateCheck {
	const total = noCheck();
	for (const { users, unread, messages, differing, sentences } of checks) {
		total.users += users;
		total.unread += unread;
		total.messages += messages;
		total.differing += differing;
		total.sentences.push(...sentences.slice(0, MAX_SENTENCES - total.sentences.length));
	}
	return total;
}

function noCheck(): StateCheck {
	return { users: 0, unread: 0, messages: 0, differing: 0, sentences: [] };
}
