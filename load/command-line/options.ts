import { BadInput, readFlags, readWhole, SWITCH, TEXT } from "../kit/cli.ts";
import type { Transport } from "../kit/client.ts";
import { readSetting, SETTING_NAMES, type SettingName, type Settings } from "./settings.ts";

export type Options = {
	help: boolean;
	/** The addresses of one deployment; none means a server started by the harness. */
	targets: string[];
	/** Number of servers to start on the PostgreSQL and Redis of the environment; undefined means one on SQLite. */
	processes: number | undefined;
	databaseUrl: string | undefined;
	redisUrl: string | undefined;
	profile: string;
	/** The settings given as flags, which override the profile's. */
	load: Partial<Settings>;
	transport: Transport;
	loadToken: string | undefined;
	caFile: string | undefined;
	yes: boolean;
	findCapacity: boolean;
	/** Upper bound of a capacity search; undefined means the most that this machine allows. */
	maxUsers: number | undefined;
	reportFolder: string | undefined;
	compareFile: string | undefined;
};

const FLAGS = {
	help: { ...SWITCH, short: "h" },
	target: { ...TEXT, multiple: true },
	processes: TEXT,
	profile: { ...TEXT, default: "steady" },
	transport: { ...TEXT, default: "websocket" },
	token: TEXT,
	ca: TEXT,
	yes: { ...SWITCH, short: "y" },
	"find-capacity": SWITCH,
	"max-users": TEXT,
	report: TEXT,
	compare: TEXT,
	...(Object.fromEntries(SETTING_NAMES.map((name) => [name, TEXT])) as Record<SettingName, typeof TEXT>),
} as const;

const MAX_PROCESSES = 64;
const TRANSPORTS: readonly string[] = ["websocket", "polling"] satisfies Transport[];

/** Reads the command line. Throws {@link BadInput} for values and combinations that make no sense. */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv): Options {
	const values = readFlags("npm run load", args, FLAGS);
	const { transport, processes, "find-capacity": findCapacity, "max-users": maxUsers } = values;
	if (!TRANSPORTS.includes(transport)) {
		throw new BadInput(`--transport is one of ${TRANSPORTS.join(", ")}, not "${transport}".`);
	}
	if (values.rooms !== undefined && values.members !== undefined) {
		throw new BadInput("Give either --rooms or --members: each follows from the other and the number of users.");
	}
	if (maxUsers !== undefined && !findCapacity) {
		throw new BadInput("--max-users is the upper bound of --find-capacity; give --users for a single load.");
	}
	if (values.compare !== undefined && findCapacity) {
		throw new BadInput("--compare shows one load beside another, --find-capacity runs many: leave one of them out.");
	}
	const targets = readTargets(values.target);
	return {
		help: values.help,
		targets,
		processes: processes === undefined ? undefined : readProcesses(processes, targets, env),
		databaseUrl: env.DATABASE_URL,
		redisUrl: env.REDIS_URL,
		profile: values.profile,
		load: readLoad(values),
		transport: transport as Transport,
		// A token that was read from a file may end with a line break.
		loadToken: (values.token ?? env.LOAD_TOKEN)?.trim(),
		caFile: values.ca,
		yes: values.yes,
		findCapacity,
		maxUsers: maxUsers === undefined ? undefined : readNumber("users", maxUsers, "max-users"),
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
	const processes = readWhole("--processes", value, MAX_PROCESSES);
	if (targets.length > 0) throw new BadInput("--processes starts its own servers: leave out --target.");
	if (!env.DATABASE_URL) {
		throw new BadInput(
			"--processes needs a PostgreSQL database that all of them share: set DATABASE_URL. The rooms of the run are " +
				"removed at its end.",
		);
	}
	if (processes > 1 && !env.REDIS_URL) {
		throw new BadInput("Several processes exchange messages through Redis: set REDIS_URL.");
	}
	return processes;
}

function readLoad(values: Partial<Record<SettingName, string | undefined>>): Partial<Settings> {
	const load: Partial<Settings> = {};
	for (const name of SETTING_NAMES) {
		const value = values[name];
		if (value !== undefined) load[name] = readNumber(name, value);
	}
	return load;
}

function readNumber(name: SettingName, value: string, flag: string = name): number {
	const read = readSetting(name, value);
	if (typeof read === "string") throw new BadInput(`--${read.replace(name, flag)}`);
	return read;
}
