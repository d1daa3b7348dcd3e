import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

const FAILED_EXIT_CODE = 1;
const USAGE_EXIT_CODE = 2;
const HELP_OPTION = { type: "boolean", short: "h" } as const;

/** An invalid command line. The message says what is wrong with it. */
export class UsageError extends Error {}

type Values<O extends ParseArgsOptionsConfig> = ReturnType<
	typeof parseArgs<{ options: O; allowPositionals: true }>
>["values"];

/**
 * Reads the command line and runs a command. An error is printed as its message, with exit code 1; a `UsageError` with
 * the help, and exit code 2.
 */
export async function runOperatorCommand<const O extends ParseArgsOptionsConfig>(
	help: string,
	options: O,
	run: (positionals: string[], values: Values<O>) => Promise<void> | void,
): Promise<void> {
	try {
		const { positionals, values } = readCommandLine(options);
		if ((values as { help?: boolean }).help) console.log(help);
		else await run(positionals, values as Values<O>);
	} catch (error) {
		console.error((error as Error).message);
		if (error instanceof UsageError) console.error(`\n${help}`);
		process.exitCode = error instanceof UsageError ? USAGE_EXIT_CODE : FAILED_EXIT_CODE;
	}
}

function readCommandLine(options: ParseArgsOptionsConfig) {
	try {
		return parseArgs({ allowPositionals: true, options: { ...options, help: HELP_OPTION } });
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

/** Returns the origin of the only argument, the URL of a running server. */
export function readServerUrl(positionals: string[]): string {
	const url = URL.parse(positionals[0] ?? "");
	if (url !== null && /^https?:$/.test(url.protocol) && positionals.length === 1) {
		if (url.pathname === "/" && !url.search && !url.hash) return url.origin;
		throw new UsageError(`The address has a path, and the chat is at the root: give ${url.origin}.`);
	}
	throw new UsageError("Give the URL of a running Hubbub.");
}
