/** What the harness writes at the head of every message's text, so that each copy tells where it came from. */
export type Marker = {
	run: string;
	/** The virtual user's number. */
	sender: number;
	/** Counts the sender's messages from 1. */
	n: number;
	/** When the schedule meant it to be sent, in whole microseconds since the run began. */
	intendedUs: number;
};

const SHAPE = /^~([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)~/;

/** At most this many messages of one sender can be told apart. */
const MAX_MESSAGES_PER_SENDER = 2 ** 26;

export function writeMarker({ run, sender, n, intendedUs }: Marker, text: string): string {
	return `~${run}.${sender.toString(36)}.${n.toString(36)}.${intendedUs.toString(36)}~ ${text}`;
}

/** The marker of a body, or undefined for a message that is none of ours. */
export function readMarker(body: string): Marker | undefined {
	const [, run, sender, n, intended] = SHAPE.exec(body) ?? [];
	if (run === undefined) return undefined;
	return { run, sender: parseInt(sender!, 36), n: parseInt(n!, 36), intendedUs: parseInt(intended!, 36) };
}

/** One number for one message of the run: never 0, which stands for "not seen". */
export function messageId({ sender, n }: Pick<Marker, "sender" | "n">): number {
	return sender * MAX_MESSAGES_PER_SENDER + n;
}

export function senderOf(id: number): number {
	return Math.floor(id / MAX_MESSAGES_PER_SENDER);
}
