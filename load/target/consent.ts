import { createInterface } from "node:readline/promises";
import { BadInput } from "../kit/cli.ts";
import { describe, type Target } from "./preflight.ts";

/** Asks before a load is sent to another machine. Resolves with true for targets on this machine. */
export async function askFirst(targets: Target[], load: string, signal: AbortSignal): Promise<boolean> {
	const away = targets.find(({ path }) => path !== "this machine");
	if (away === undefined) return true;
	if (!process.stdin.isTTY) {
		throw new BadInput(`${away.url} is not on this machine. Add --yes to send it ${load}.`);
	}
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		const question = `Send ${load} to ${describe(targets)}? [y/N] `;
		return /^y(es)?$/i.test((await prompt.question(question, { signal })).trim());
	} finally {
		prompt.close();
	}
}
