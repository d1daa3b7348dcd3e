import { parseArgs } from "node:util";
import { BadInput } from "./bad-input.ts";
import type { Transport } from "./plan.ts";
import { readSetting, SETTING_NAMES, type SettingName, type Settings } from "./settings.ts";

/** What the command line asks for. */
export type Options = {
	help: boolean;
	/** The addresses of one deployment; none: a server of our own. */
	targets: string[];
	/** So many servers of our own, on the PostgreSQL and Redis of the environment; undefined: one on SQLite. */
	processes: number | undefined;
	/** The database of our own servers, and what lets several of them talk. */
	databaseUrl: string | undefined;
	redisUrl: string | undefined;
	profile: string;
	/** What the flags say of the load; the profile says the rest. */
	load: Partial<Settings>;
	transport: Transport;
	loadToken: string | undefined;
	caFile: string | undefined;
	yes: boolean;
	findCapacity: boolean;
	/** Where a search stops; undefined: as far as it goes on this machine. */
	maxUsers: number | undefined;
	reportFolder: string | undefined;
	compareFile: string | undefined;
};

const FLAGS = {
	help: { type: "boolean", short: "h" },
	target: { type: "string", multiple: true },
	processes: { type: "string" },
	profile: { type: "string" },
	transport: { type: "string" },
	token: { type: "string" },
	ca: { type: "string" },
	yes: { type: "boolean", short: "y" },
	"find-capacity": { type: "boolean" },
	"max-users": { type: "string" },
	report: { type: "string" },
	compare: { type: "string" },
	...(Object.fromEntries(SETTING_NAMES.map((name) => [name, { type: "string" }])) as Record<
		SettingName,
		{ type: "string" }
	>),
} as const;

const MAX_PROCESSES = 64;
const TRANSPORTS: readonly string[] = ["websocket", "polling"] satisfies Transport[];

/** Reads the command line. Throws a {@link BadInput} for what can't be meant. */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv): Options {
	const values = readFlags(args);
	const { transport = "websocket" } = values;
	if (!TRANSPORTS.includes(transport)) {
		throw new BadInput(`--transport is one of ${TRANSPORTS.join(", ")}, not "${transport}".`);
	}
	if (values.rooms !== undefined && values.members !== undefined) {
		throw new BadInput("Give either --rooms or --members: each follows from the other and the number of users.");
	}
	const targets = readTargets(values.target);
	const processes = values.processes === undefined ? undefined : readProcesses(values.processes, targets, env);
	refuseWhatHasNoEffect(values);
	return {
		help: values.help ?? false,
		targets,
		processes,
		databaseUrl: env.DATABASE_URL,
		redisUrl: env.REDIS_URL,
		profile: values.profile ?? "steady",
		load: readLoad(values),
		transport: transport as Transport,
		loadToken: values.token ?? env.LOAD_TOKEN,
		caFile: values.ca,
		yes: values.yes ?? false,
		findCapacity: values["find-capacity"] ?? false,
		maxUsers: values["max-users"] === undefined ? undefined : number("users", values["max-users"], "max-users"),
		reportFolder: values.report,
		compareFile: values.compare,
	};
}

function readTargets(given: string[] = []): string[] {
	const targets = given.flatMap((list) => list.split(",")).map((target) => target.trim());
	const twice = targets.find((target, index) => targets.indexOf(target) !== index);
	if (twice !== undefined) throw new BadInput(`--target names ${twice} twice: give each server of the chat once.`);
	return targets;
}

function readProcesses(value: string, targets: string[], env: NodeJS.ProcessEnv): number {
	const processes = Number(value);
	if (!Number.isInteger(processes) || processes < 1 || processes > MAX_PROCESSES) {
		throw new BadInput(`--processes is a whole number from 1 to ${MAX_PROCESSES}, not "${value}".`);
	}
	if (targets.length > 0) throw new BadInput("--processes starts servers of our own: leave out --target.");
	if (!env.DATABASE_URL) {
		throw new BadInput(
			"--processes needs a PostgreSQL database that all of them share: set DATABASE_URL. The rooms of the run are " +
				"removed at its end.",
		);
	}
	if (processes > 1 && !env.REDIS_URL) {
		throw new BadInput("Several processes tell each other what was said through Redis: set REDIS_URL.");
	}
	return processes;
}

function refuseWhatHasNoEffect(values: ReturnType<typeof readFlags>): void {
	if (values["max-users"] !== undefined && !values["find-capacity"]) {
		throw new BadInput("--max-users is where --find-capacity stops looking; give --users for one load.");
	}
	if (values.compare !== undefined && values["find-capacity"]) {
		throw new BadInput(
			"--compare shows two loads side by side, and --find-capacity makes many: leave one of them out.",
		);
	}
}

function readFlags(args: string[]) {
	try {
		return parseArgs({ args, options: FLAGS, strict: true, allowPositionals: false }).values;
	} catch (error) {
		throw new BadInput(`${(error as Error).message.split(". ")[0]}. See npm run load -- --help.`);
	}
}

function readLoad(values: Partial<Record<SettingName, string | undefined>>): Partial<Settings> {
	const load: Partial<Settings> = {};
	for (const name of SETTING_NAMES) {
		const value = values[name];
		if (value !== undefined) load[name] = number(name, value);
	}
	return load;
}

function number(name: SettingName, value: string, flag: string = name): number {
	const read = readSetting(name, value);
	if (typeof read === "string") throw new BadInput(`--${read.replace(name, flag)}`);
	return read;
}
