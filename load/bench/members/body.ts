/** Length of every message body: a typical chat message. */
export const BODY_CHARS = 80;
const FILLER = " the quick brown fox jumps over the lazy dog and the dog does not mind it at all".padEnd(
	BODY_CHARS,
	".",
);
const DIGITS = 8;

/** Returns the body of message number `n`: the number, then filler. */
export function bodyOf(n: number): string {
	return n.toString().padStart(DIGITS, "0") + FILLER.slice(0, BODY_CHARS - DIGITS);
}

/** Returns the number of the message with this body. Throws if any character differs from {@link bodyOf}. */
export function numberOf(body: string): number {
	const n = Number(body.slice(0, DIGITS));
	if (body !== bodyOf(n)) throw new Error(`A member received a text that was never sent: ${body.slice(0, 40)}`);
	return n;
}
