import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** The folder to which all commands write their results. Git ignores it. */
export const REPORTS_FOLDER = fileURLToPath(new URL("../../reports/", import.meta.url));

export const EXIT_CODE = { passed: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

const SEED_BYTES = 4;
const MAX_SEED_CHARS = 64;

/** The command line or the environment is wrong. The message says in one sentence how to correct it. */
export class BadInput extends Error {
	override name = "BadInput";
}

/** The command failed for a reason that its message explains; a stack trace would not help. */
export class RunFailed extends Error {
	override name = "RunFailed";
}

/** The two kinds of flags that `readFlags` takes. */
export const SWITCH = { type: "boolean", default: false } as const;
export const TEXT = { type: "string" } as const;

/** Parses a command line. Throws {@link BadInput} for an unknown flag or one without its value. */
export function readFlags<const F extends NonNullable<ParseArgsConfig["options"]>>(
	command: string,
	args: readonly string[],
	options: F,
) {
	try {
		return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.(?: |$)/);
		throw new BadInput(`${sentence}. See ${command} -- --help.`);
	}
}

/** Reads a whole number from `least` to `most`. Throws {@link BadInput} for anything else. */
export function readWhole(flag: string, text: string, most: number, least = 1): number {
	const number = Number(text);
	if (text.trim() !== "" && Number.isInteger(number) && number >= least && number <= most) return number;
	throw new BadInput(`${flag} is a whole number from ${least} to ${most}, not "${text}".`);
}

/** Reads names with commas between; returns them in the order of `known`. Throws {@link BadInput} for an unknown one. */
export function readList<T extends string>(flag: string, text: string, known: readonly T[]): readonly T[] {
	const names = text.split(",").map((name) => name.trim());
	const unknown = names.find((name) => !(known as readonly string[]).includes(name));
	if (unknown !== undefined) throw new BadInput(`${flag} takes ${known.join(", ")}; there is no "${unknown}".`);
	return known.filter((name) => names.includes(name));
}

/** Reads the seed of all random choices, or draws one. */
export function readSeed(text: string | undefined): string {
	if (text === undefined) return randomBytes(SEED_BYTES).toString("hex");
	if (text !== "" && text.length <= MAX_SEED_CHARS) return text;
	throw new BadInput(`--seed is a text of 1 to ${MAX_SEED_CHARS} characters.`);
}

/**
 * Runs a command and sets the exit code that it resolves with; of a {@link BadInput} and a {@link RunFailed} only the
 * message is printed. The first SIGINT, SIGTERM or SIGHUP aborts the signal, so that a command which passes `onInterrupt`
 * can clean up; the second one, or the first without `onInterrupt`, exits at once.
 */
export async function runCommand(
	command: (args: string[], signal: AbortSignal) => Promise<number>,
	onInterrupt?: () => void,
): Promise<void> {
	const interrupt = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
		process.on(signal, () => {
			if (onInterrupt === undefined || interrupt.signal.aborted) process.exit(EXIT_CODE.interrupted);
			onInterrupt();
			interrupt.abort();
		});
	}
	try {
		process.exitCode = await command(process.argv.slice(2), interrupt.signal);
	} catch (error) {
		const isExplained = error instanceof BadInput || error instanceof RunFailed;
		if (interrupt.signal.aborted) process.exitCode = EXIT_CODE.interrupted;
		else {
			console.error(isExplained ? error.message : error);
			process.exitCode = error instanceof BadInput ? EXIT_CODE.badInput : EXIT_CODE.failed;
		}
	}
}
