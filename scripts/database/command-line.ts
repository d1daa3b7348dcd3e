import { parseArgs } from "node:util";

/** A mistake of whoever called, or a reason that a sentence tells: no stack trace is of use. */
export class Refused extends Error {}

export type CommandLine = {
	positionals: string[];
	app: string | undefined;
	url: string;
	force: boolean;
	help: boolean;
};

/** The options that the commands on a database share. Throws {@link Refused} for any other. */
export function readCommandLine(argv: string[]): CommandLine {
	try {
		const { values, positionals } = parseArgs({
			args: argv,
			allowPositionals: true,
			options: {
				app: { type: "string" },
				url: { type: "string" },
				force: { type: "boolean", default: false },
				help: { type: "boolean", short: "h", default: false },
			},
		});
		const { app, force, help } = values;
		return { positionals, app, url: values.url ?? `https://${app}.fly.dev`, force, help };
	} catch (error) {
		throw new Refused((error as Error).message);
	}
}

/** The database that the server would use here. */
export function databasePath(): string {
	if (process.env.DATABASE_URL) {
		throw new Refused("DATABASE_URL is set: PostgreSQL has its own tools for this, pg_dump and pg_restore.");
	}
	return process.env.DATABASE_PATH?.trim() || "./data/hubbub.db";
}

/** Runs a command; a reason to fail becomes its sentence and exit code 1, a wrong call the help and 2. */
export async function run(help: string, work: (line: CommandLine) => Promise<void> | void): Promise<void> {
	try {
		const line = readCommandLine(process.argv.slice(2));
		if (line.help) console.log(help);
		else await work(line);
	} catch (error) {
		console.error((error as Error).message);
		if (error instanceof Refused) console.error(`\n${help}`);
		process.exitCode = error instanceof Refused ? 2 : 1;
	}
}
