import { parseArgs } from "node:util";
import { Stop } from "./stop.ts";

export type DeployOptions = {
	app: string;
	region: string | undefined;
	org: string | undefined;
	/** Where the chat answers, without a slash at the end. */
	url: string;
	/** How long to wait for the new build to answer. */
	waitSeconds: number;
	/** How many machines; `undefined` leaves them as they are, and is one for a new app. */
	machines: number | undefined;
	/** DATABASE_URL and REDIS_URL come from this command's own environment. */
	ownDatabases: boolean;
	/** What becomes of the data of a single machine when there are to be several. */
	volume: "move" | "leave" | undefined;
	dryRun: boolean;
	destroy: boolean;
	yes: boolean;
};

export const DEPLOY_HELP = `Puts Hubbub on Fly.io: builds it there, starts it, and sends a message through it.

  npm run deploy -- --app NAME           deploy; run it again to deploy again, or to go on after a failure
  npm run deploy -- --app NAME --dry-run print the commands, run none
  npm run deploy -- --app NAME --destroy remove the app and everything said in it; asks first
  npm run deploy -- --app NAME --machines 3 several machines, one chat, on Postgres and Valkey; asks before what costs

  --app NAME       the app's name on Fly.io, unique in the world: lower-case letters, digits and dashes
  --region CODE    where it lives the first time, as in ams, fra, iad, syd (default: primary_region in fly.toml)
  --org NAME       the Fly.io organisation that owns and pays for it; needed only if you have several
  --url URL        where it answers, if you gave it a domain of your own (default: https://NAME.fly.dev)
  --wait SECONDS   how long the new build may take to answer (default: 180)
  --yes            don't ask: neither before what costs, nor with --destroy

  --machines N     how many machines share the chat, 1 to 20; leave it out and their number stays
  --database-url-from-env  with --machines: use DATABASE_URL and REDIS_URL of this command's environment, make none;
                           what the app has already as its secrets is used before either
  --move-data      with --machines, for an app on one machine with a volume: close it, copy its data to Postgres, go on
  --leave-volume   the same without the copy: the volume stays where it is, and nothing of it is read
  --help           this text

It needs flyctl (https://fly.io/docs/flyctl/install/) and a login: \`flyctl auth login\`, or FLY_API_TOKEN in CI.
Exit code: 0 done, 1 failed on the way (run it again), 2 not begun.`;

const DEFAULT_WAIT_SECONDS = 180;
const MAX_MACHINES = 20;
/** What is left of an app's name for the names of its databases: see databases/names.ts. */
const MAX_NAME_OF_SEVERAL = 56;

/** Reads the command line; `undefined` means that help was asked for. */
export function readArguments(argv: string[]): DeployOptions | undefined {
	const values = parse(argv);
	if (values.help) return undefined;
	const app = values.app ?? "";
	if (app === "") throw new Stop(2, "Name the app: npm run deploy -- --app my-chat");
	if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(app)) {
		throw new Stop(
			2,
			`"${app}" can't be an app's name: 1 to 63 lower-case letters, digits and dashes, no dash at an end.`,
		);
	}
	if (values.region !== undefined && !/^[a-z]{3}$/.test(values.region)) {
		throw new Stop(
			2,
			`"${values.region}" is no region: three letters, as in fra. \`flyctl platform regions\` lists them.`,
		);
	}
	const machines = readMachines(values.machines);
	const volume = values["move-data"] ? "move" : values["leave-volume"] ? "leave" : undefined;
	const forSeveral = ["database-url-from-env", "move-data", "leave-volume"] as const;
	const misplaced = forSeveral.find((name) => values[name]);
	if (machines === undefined && misplaced !== undefined)
		throw new Stop(2, `--${misplaced} says how an app gets to several machines: give --machines N as well.`);
	if (values["move-data"] && values["leave-volume"])
		throw new Stop(2, "--move-data copies what is on the volume, --leave-volume doesn't: give one of them.");
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
		throw new Stop(2, (error as Error).message, "`npm run deploy -- --help` lists what can be said.");
	}
}

function readUrl(text: string): string {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new Stop(2, `"${text}" is no address: --url wants one as in https://chat.example.org`);
	}
	return url.origin;
}

function readWait(text: string | undefined): number {
	if (text === undefined) return DEFAULT_WAIT_SECONDS;
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
		throw new Stop(2, `"${text}" is no waiting time: --wait wants whole seconds, 1 to 3600.`);
	}
	return seconds;
}

function readMachines(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const machines = Number(text);
	if (!/^\d+$/.test(text) || machines < 1 || machines > MAX_MACHINES) {
		throw new Stop(2, `"${text}" is no number of machines: --machines wants 1 to ${MAX_MACHINES}.`);
	}
	return machines;
}
