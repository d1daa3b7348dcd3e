import { createInterface } from "node:readline/promises";

/** Asks on the terminal; an input that ends without an answer answers nothing. */
export async function question(text: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
	const typed = await Promise.race([terminal.question(text), ended]);
	terminal.close();
	return typed.trim();
}
