/** Stands at the head of every message's text, so that each copy identifies the message. */
export type Marker = {
	run: string;
	/** The virtual user's number. */
	sender: number;
	/** Counts the sender's messages from 1. */
	n: number;
	/** The scheduled send time, in whole microseconds since the run began. */
	intendedUs: number;
};

const SHAPE = /^~([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)~/;

/** Upper bound of the messages of one sender that {@link messageId} can distinguish. */
const MAX_MESSAGES_PER_SENDER = 2 ** 26;

export function writeMarker({ run, sender, n, intendedUs }: Marker, text: string): string {
	return `~${run}.${sender.toString(36)}.${n.toString(36)}.${intendedUs.toString(36)}~ ${text}`;
}

/** Returns the marker of a body, undefined for a message that the harness did not send. */
export function readMarker(body: string): Marker | undefined {
	const [, run, sender, n, intended] = SHAPE.exec(body) ?? [];
	if (run === undefined) return undefined;
	return { run, sender: parseInt(sender!, 36), n: parseInt(n!, 36), intendedUs: parseInt(intended!, 36) };
}

/** Returns a number that identifies a message of the run; never 0, which means "not seen". */
export function messageId({ sender, n }: Pick<Marker, "sender" | "n">): number {
	return sender * MAX_MESSAGES_PER_SENDER + n;
}

export function senderOf(id: number): number {
	return Math.floor(id / MAX_MESSAGES_PER_SENDER);
}
