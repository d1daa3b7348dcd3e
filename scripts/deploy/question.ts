import { createInterface, type Interface } from "node:readline";

/** One for all questions: what is piped in comes in one piece, and its lines are for one question each. */
let input: Interface | undefined;
let hasEnded = false;
const lines: string[] = [];
let wake = () => {};

/** Asks on the terminal; an input that has ended answers nothing. */
export async function question(text: string): Promise<string> {
	process.stdout.write(text);
	input ??= createInterface({ input: process.stdin })
		.on("line", (line) => {
			lines.push(line);
			wake();
		})
		.on("close", () => {
			hasEnded = true;
			wake();
		});
	if (!hasEnded) input.resume();
	while (lines.length === 0 && !hasEnded) {
		await new Promise<void>((resolve) => {
			wake = resolve;
		});
	}
	// A terminal that is still read from would keep the process.
	if (!hasEnded) input.pause();
	return lines.shift()?.trim() ?? "";
}
