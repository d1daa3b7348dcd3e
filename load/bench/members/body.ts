/** Every body has this length, whatever the server: a usual line of chat. */
export const BODY_CHARS = 80;
const FILLER = " the quick brown fox jumps over the lazy dog and the dog does not mind it at all".padEnd(
	BODY_CHARS,
	".",
);
const DIGITS = 8;

/** What message number `n` of a run says: its number, then filler up to {@link BODY_CHARS}. */
export function bodyOf(n: number): string {
	return n.toString().padStart(DIGITS, "0") + FILLER.slice(0, BODY_CHARS - DIGITS);
}

/** The number of a message by its whole body; throws where a character of it is not what was sent. */
export function numberOf(body: string): number {
	const n = Number(body.slice(0, DIGITS));
	if (body !== bodyOf(n)) throw new Error(`A member got a text that nobody sent: ${body.slice(0, 40)}`);
	return n;
}
