import { createInterface, type Interface } from "node:readline";

/** One reader for all questions: piped input arrives at once, with one line per question. */
let input: Interface | undefined;
let hasEnded = false;
const lines: string[] = [];
let wake = () => {};

/** Asks a question on the terminal. Returns "" at the end of the input. */
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
	// Reading from a terminal would keep the process alive.
	if (!hasEnded) input.pause();
	return lines.shift()?.trim() ?? "";
}
