/** The person at the keyboard can mend this: its message is one sentence that says how. The harness exits with 2. */
export class BadInput extends Error {
	override name = "BadInput";
}
