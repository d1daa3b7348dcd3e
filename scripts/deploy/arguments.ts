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
	dryRun: boolean;
	destroy: boolean;
	yes: boolean;
};

export const HELP = `Puts Hubbub on Fly.io: builds it there, starts it, and sends a message through it.

  npm run deploy -- --app NAME           deploy; run it again to deploy again, or to go on after a failure
  npm run deploy -- --app NAME --dry-run print the commands, run none
  npm run deploy -- --app NAME --destroy remove the app and everything said in it; asks first

  --app NAME       the app's name on Fly.io, unique in the world: lower-case letters, digits and dashes
  --region CODE    where it lives the first time, as in ams, fra, iad, syd (default: primary_region in fly.toml)
  --org NAME       the Fly.io organisation that owns and pays for it; needed only if you have several
  --url URL        where it answers, if you gave it a domain of your own (default: https://NAME.fly.dev)
  --wait SECONDS   how long the new build may take to answer (default: 180)
  --yes            with --destroy: don't ask
  --help           this text

It needs flyctl (https://fly.io/docs/flyctl/install/) and a login: \`flyctl auth login\`, or FLY_API_TOKEN in CI.
Exit code: 0 done, 1 failed on the way (run it again), 2 not begun.`;

const DEFAULT_WAIT_SECONDS = 180;

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
	return {
		app,
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
