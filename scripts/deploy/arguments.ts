import { parseArgs } from "node:util";
import { Stop } from "./stop.ts";

export type DeployOptions = {
	app: string;
	region: string | undefined;
	org: string | undefined;
	/** The address of the chat, without a trailing slash. */
	url: string;
	/** How long to wait for the new build to respond. */
	waitSeconds: number;
	/** The number of machines; `undefined` keeps it, and creates one for a new app. */
	machines: number | undefined;
	/** Whether DATABASE_URL and REDIS_URL come from the environment of this command. */
	ownDatabases: boolean;
	/** What happens to the data of one machine when the app gets several. */
	volume: "move" | "leave" | undefined;
	dryRun: boolean;
	destroy: boolean;
	yes: boolean;
};

export const DEPLOY_HELP = `Deploys Hubbub to Fly.io: builds it there, starts it, and sends a message through it.

  npm run deploy -- --app NAME               deploy, update, or continue after a failure
  npm run deploy -- --app NAME --dry-run     print the commands without running them
  npm run deploy -- --app NAME --destroy     remove the app and all its messages; asks first
  npm run deploy -- --app NAME --machines 3  run it on several machines with Postgres and Valkey; asks before it costs

  --app NAME       the name of the app on Fly.io, unique in the world: lower-case letters, digits and dashes
  --region CODE    the region of the first deployment, for example ams, fra, iad, syd (default: primary_region in fly.toml)
  --org NAME       the Fly.io organisation that owns and pays for it; needed only if you have several
  --url URL        its address, if it has its own domain (default: https://NAME.fly.dev)
  --wait SECONDS   how long to wait for the new build to respond (default: 180)
  --yes            do not ask for confirmation

  --machines N     the number of machines, 1 to 20 (default: keeps the number)
  --database-url-from-env  with --machines: use DATABASE_URL and REDIS_URL of the environment instead of creating databases;
                           secrets that the app already has take precedence
  --move-data      with --machines, for an app on one machine with a volume: close it and copy its data to Postgres
  --leave-volume   the same without the copy; the data on the volume is not used
  --help           print this text

It needs flyctl (https://fly.io/docs/flyctl/install/) and a login: \`flyctl auth login\`, or FLY_API_TOKEN in CI.
Exit code: 0 done, 1 failed on the way (run it again), 2 nothing was changed.`;

const DEFAULT_WAIT_SECONDS = 180;
const MAX_MACHINES = 20;
/** Leaves room for the suffixes of the database names: see commands.ts. */
const MAX_NAME_OF_SEVERAL = 56;

/** Reads the command line. Returns undefined for --help. */
export function readArguments(argv: string[]): DeployOptions | undefined {
	const values = parse(argv);
	if (values.help) return undefined;
	const app = values.app ?? "";
	if (app === "") throw new Stop(2, "Give the name of the app: npm run deploy -- --app my-chat");
	if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(app)) {
		throw new Stop(
			2,
			`"${app}" is not a valid app name: 1 to 63 lower-case letters, digits and dashes, no dash at the start or the end.`,
		);
	}
	if (values.region !== undefined && !/^[a-z]{3}$/.test(values.region)) {
		throw new Stop(
			2,
			`"${values.region}" is not a region. Regions have three letters, for example fra; \`flyctl platform regions\` lists them.`,
		);
	}
	const machines = readMachines(values.machines);
	const volume = values["move-data"] ? "move" : values["leave-volume"] ? "leave" : undefined;
	const forSeveral = ["database-url-from-env", "move-data", "leave-volume"] as const;
	const misplaced = forSeveral.find((name) => values[name]);
	if (machines === undefined && misplaced !== undefined)
		throw new Stop(2, `--${misplaced} is for several machines: give --machines N as well.`);
	if (values["move-data"] && values["leave-volume"])
		throw new Stop(2, "--move-data copies the data of the volume, --leave-volume does not. Give one of them.");
	if (machines !== undefined && machines > 1 && app.length > MAX_NAME_OF_SEVERAL)
		throw new Stop(2, `"${app}" is too long for several machines: at most ${MAX_NAME_OF_SEVERAL} characters.`);
	return {
		app,
		machines,
		ownDatabases: values["database-url-from-env"] ?? false,
		volume,
		region: values.region,
		org: values.org,
		url: readUrl(values.url ?? `https://${app}.fly.dev`),
		waitSeconds: readWait(values.wait),
		dryRun: values["dry-run"] ?? false,
		destroy: values.destroy ?? false,
		yes: values.yes ?? false,
	};
}

function parse(argv: string[]) {
	try {
		return parseArgs({
			args: argv,
			options: {
				app: { type: "string" },
				region: { type: "string" },
				org: { type: "string" },
				url: { type: "string" },
				wait: { type: "string" },
				machines: { type: "string" },
				"database-url-from-env": { type: "boolean" },
				"move-data": { type: "boolean" },
				"leave-volume": { type: "boolean" },
				"dry-run": { type: "boolean" },
				destroy: { type: "boolean" },
				yes: { type: "boolean" },
				help: { type: "boolean", short: "h" },
			},
		}).values;
	} catch (error) {
		throw new Stop(2, (error as Error).message, "For the options: npm run deploy -- --help");
	}
}

function readUrl(text: string): string {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new Stop(2, `"${text}" is not a URL: --url takes one such as https://chat.example.org`);
	}
	return url.origin;
}

function readWait(text: string | undefined): number {
	if (text === undefined) return DEFAULT_WAIT_SECONDS;
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
		throw new Stop(2, `"${text}" is not a valid time: --wait takes whole seconds from 1 to 3600.`);
	}
	return seconds;
}

function readMachines(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const machines = Number(text);
	if (!/^\d+$/.test(text) || machines < 1 || machines > MAX_MACHINES) {
		throw new Stop(2, `"${text}" is not a valid number: --machines takes 1 to ${MAX_MACHINES}.`);
	}
	return machines;
}
