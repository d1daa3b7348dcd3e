/** Stands at the head of every text, so that each copy identifies the message or the edit. */
export type Marker = {
	run: string;
	kind: TextKind;
	/** The virtual user's number. */
	sender: number;
	/** Counts the sender's texts from 1. */
	n: number;
	/** The scheduled send time, in whole microseconds since the run began. */
	intendedUs: number;
};

/** The kinds of entries that have a text. */
export type TextKind = "message" | "reply" | "edit";

const SIGNS: Record<TextKind, string> = { message: "", reply: ".r", edit: ".e" };
const KINDS: Record<string, TextKind> = { "": "message", r: "reply", e: "edit" };
const SHAPE = /^~([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)(?:\.([er]))?~/;

export function writeMarker({ run, kind, sender, n, intendedUs }: Marker, text: string): string {
	const numbers = [sender, n, intendedUs].map((number) => number.toString(36)).join(".");
	return `~${run}.${numbers}${SIGNS[kind]}~ ${text}`;
}

/** Returns the marker of a text, undefined for one that the harness did not send. */
export function readMarker(body: string): Marker | undefined {
	const [, run, sender, n, intended, sign = ""] = SHAPE.exec(body) ?? [];
	if (run === undefined) return undefined;
	return {
		run,
		kind: KINDS[sign]!,
		sender: parseInt(sender!, 36),
		n: parseInt(n!, 36),
		intendedUs: parseInt(intended!, 36),
	};
}
