import { createInterface } from "node:readline/promises";
import { BadInput } from "../bad-input.ts";
import { inWords, type Target } from "./preflight.ts";

/** Shows what is about to happen and asks, unless it happens on this machine or was agreed to with `--yes`. */
export async function askFirst(targets: Target[], load: string, signal: AbortSignal): Promise<boolean> {
	const away = targets.filter(({ path }) => path !== "this machine");
	if (away.length === 0) return true;
	if (!process.stdin.isTTY) {
		throw new BadInput(`${away[0]!.url} is not on this machine. Say --yes if you mean to send it ${load}.`);
	}
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		const question = `Send ${load} to ${inWords(targets)}? [y/N] `;
		return /^y(es)?$/i.test((await prompt.question(question, { signal })).trim());
	} finally {
		prompt.close();
	}
}
