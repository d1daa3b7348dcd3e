import { parseArgs } from "node:util";
import { BadInput } from "./bad-input.ts";
import type { Transport } from "./plan.ts";
import { readSetting, SETTING_NAMES, type SettingName, type Settings } from "./settings.ts";

/** What the command line asks for. */
export type Options = {
	help: boolean;
	/** Undefined: a server of our own. */
	target: string | undefined;
	profile: string;
	/** What the flags say of the load; the profile says the rest. */
	load: Partial<Settings>;
	transport: Transport;
	loadToken: string | undefined;
	caFile: string | undefined;
	yes: boolean;
	findCapacity: boolean;
	/** `--find-capacity` looks no further. */
	/** Where a search stops; `undefined`: as far as it goes on this machine. */
	maxUsers: number | undefined;
	reportFolder: string | undefined;
	compareFile: string | undefined;
};

const FLAGS = {
	help: { type: "boolean", short: "h" },
	target: { type: "string" },
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
	return {
		help: values.help ?? false,
		target: values.target,
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
