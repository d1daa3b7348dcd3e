/**
 * A fake flyctl for tests. It rejects unknown flags, and prints the texts and the JSON of flyctl:
 * internal/command/{apps,auth,deploy,machine,orgs,platform,secrets,mpg,scale,ssh,volumes} of superfly/flyctl at ad0172f
 * (2026-08-21). A deployment starts a real Hubbub.
 */
import { parseArgs } from "node:util";
import { attachCluster, createCluster, destroyCluster, listClusters } from "./clusters.ts";
import { deployMachines, destroyApp, destroyMachine, restartMachine, scale, updateMachine } from "./deployment.ts";
import { getFile, putFile, runOnMachine } from "./ssh.ts";
import type { FakeApp, FakeFlyState, FakeMachine, InjectedFailure } from "./state.ts";

class FlyctlError extends Error {}
type Flags = Record<string, string | boolean | string[] | undefined>;
type Command = (rest: string[], flags: Flags, input: string) => unknown;

/** The exit code, and the standard output or, after a failure, the standard error. */
export type FlyctlOutcome = { code: number; output: string };

const OPTIONS = {
	app: { type: "string", short: "a" },
	config: { type: "string", short: "c" },
	json: { type: "boolean", short: "j" },
	yes: { type: "boolean", short: "y" },
	org: { type: "string", short: "o" },
	stage: { type: "boolean" },
	"remote-only": { type: "boolean" },
	name: { type: "string", short: "n" },
	region: { type: "string", short: "r" },
	plan: { type: "string" },
	"volume-size": { type: "string" },
	autostop: { type: "string" },
	"skip-health-checks": { type: "boolean" },
	force: { type: "boolean", short: "f" },
	ha: { type: "string" },
	"primary-region": { type: "string" },
	command: { type: "string", short: "C" },
	signal: { type: "string", short: "s" },
	"build-arg": { type: "string", multiple: true },
} as const;

/** Executes a command line with a standard input, and changes the state as the service would. */
export async function runFlyctl(state: FakeFlyState, argv: string[], input: string): Promise<FlyctlOutcome> {
	state.log.push(argv);
	try {
		const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: OPTIONS });
		const commands = commandsOf(state);
		const name = [3, 2, 1].map((words) => positionals.slice(0, words).join(" ")).find((one) => one in commands);
		if (name === undefined) throw new FlyctlError(`unknown command "${argv.join(" ")}" for "flyctl"`);
		const before = takeFailure(state, name, "before");
		if (before !== undefined) throw new FlyctlError(before.message);
		const rest = positionals.slice(name.split(" ").length);
		const answer = await commands[name]!(rest, values as Flags, input);
		const after = takeFailure(state, name, "after");
		if (after !== undefined) throw new FlyctlError(after.message.replace("{input}", input));
		if (!values.json || typeof answer === "string") return { code: 0, output: String(answer) };
		// The keys of `orgs list` are data: their case does not depend on the version of flyctl.
		return { code: 0, output: JSON.stringify(name === "orgs list" ? answer : inStyle(state, answer)) };
	} catch (error) {
		return { code: 1, output: `Error: ${(error as Error).message}` };
	}
}

function commandsOf(state: FakeFlyState): Record<string, Command> {
	return {
		version: () => "flyctl v0.0.0-fake linux/amd64",
		"auth whoami": () => signedIn().login,
		"platform regions": () => signedIn().regions.map((code) => ({ code, name: code.toUpperCase() })),
		"orgs list": () => signedIn().orgs,
		"apps list": () =>
			Object.entries(signedIn().apps).map(([name, { org }]) => ({ name, organization: { slug: org } })),
		"apps create": ([name], { org }) => createApp(name!, org as string | undefined),
		"apps destroy": ([name]) => destroyApp(state, name!),
		"secrets list": (_, flags) => Object.keys(app(flags).secrets).map((name) => ({ name, digest: "0".repeat(16) })),
		"secrets import": (_, flags, input) => importSecrets(app(flags), input),
		"volumes list": (_, flags) => listVolumes(app(flags)),
		"machine list": (_, flags) => app(flags).machines.map(machineAsJson),
		"machine update": ([id], flags) => updateMachine(state, app(flags), id!, flags),
		"machine destroy": ([id], flags) => destroyMachine(app(flags), id!, flags.force === true),
		"scale count": ([count], flags) => scale(state, app(flags), Number(count), flags.yes === true),
		"mpg list": (_, flags) => listClusters(signedIn(), flags.org as string | undefined),
		"mpg create": (_, flags) => createCluster(billed(), flags),
		"mpg attach": ([id], flags) => attachCluster(signedIn(), flags.app as string, app(flags), id!),
		"mpg destroy": ([id], flags) => destroyCluster(signedIn(), id!, flags.yes === true),
		"machine restart": ([id], flags) => restartMachine(state, app(flags), id!),
		"ssh console": (_, flags) => runOnMachine(state, app(flags), String(flags.command)),
		"ssh sftp get": ([from, to], flags) => getFile(state, app(flags), from!, to!),
		"ssh sftp put": ([from, to], flags) => putFile(state, app(flags), from!, to!),
		deploy: (_, flags) => deployApp(flags),
	};

	function signedIn(): FakeFlyState {
		if (state.login === undefined)
			throw new FlyctlError("no access token available. Please login with 'flyctl auth login'");
		return state;
	}

	function app(flags: Flags): FakeApp {
		const found = signedIn().apps[flags.app as string];
		if (found === undefined) throw new FlyctlError(`Could not find App "${flags.app}"`);
		return found;
	}

	function billed(): FakeFlyState {
		if (!signedIn().hasCard)
			throw new FlyctlError("We need your payment information to continue! Add a credit card or buy credit");
		return state;
	}

	function machineAsJson({ id, region, state, volume, command }: FakeMachine) {
		const mounts = volume === undefined ? [] : [{ volume, path: "/data", name: "data" }];
		return { id, region, state, config: { mounts, init: command === undefined ? {} : { cmd: command } } };
	}

	function listVolumes({ volumes, machines }: FakeApp) {
		return volumes.map(({ id, region, sizeGb }) => {
			const machine = machines.find(({ volume }) => volume === id);
			return { id, region, size_gb: sizeGb, state: "created", attached_machine_id: machine?.id ?? null };
		});
	}

	function createApp(name: string, org: string | undefined): string {
		signedIn();
		if (org === undefined) throw new FlyctlError("org slug must be specified when not running interactively");
		if (state.orgs[org] === undefined) throw new FlyctlError(`organization ${org} not found`);
		if (state.taken.includes(name) || state.apps[name])
			throw new FlyctlError("Validation failed: Name has already been taken");
		billed();
		state.apps[name] = { org, secrets: {}, released: [], volumes: [], machines: [] };
		return `New app created: ${name}`;
	}

	function importSecrets(target: FakeApp, input: string): string {
		for (const line of input.split("\n").filter((one) => one.trim() !== "")) {
			const at = line.indexOf("=");
			if (at < 1) throw new FlyctlError(`Secrets must be provided as NAME=VALUE pairs (${line} is invalid)`);
			target.secrets[line.slice(0, at)] = line.slice(at + 1);
		}
		return "Secrets have been staged, but not set on VMs.";
	}

	function deployApp(flags: Flags): Promise<string> {
		const target = app(flags);
		if (flags.ha !== "false") throw new FlyctlError("the fake flyctl needs --ha=false");
		if (!state.hasCard) throw new FlyctlError("To run machines please add a payment method");
		return deployMachines(state, target, {
			config: flags.config as string,
			region: flags["primary-region"] as string | undefined,
			build: /^BUILD_ID=(.+)$/.exec(String(flags["build-arg"]))?.[1] ?? "unnamed",
		});
	}
}

/** Returns the injected failure of this command, if there is one, and counts it. */
function takeFailure(state: FakeFlyState, command: string, when: InjectedFailure["when"]): InjectedFailure | undefined {
	const failure = state.failures.find((one) => one.command === command && one.when === when && one.times > 0);
	if (failure === undefined) return undefined;
	if (failure.skip !== undefined && failure.skip > 0) {
		failure.skip -= 1;
		return undefined;
	}
	failure.times -= 1;
	return failure;
}

function inStyle(state: FakeFlyState, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => inStyle(state, one));
	if (value === null || typeof value !== "object" || state.keys === "snake_case") return value;
	const title = (key: string) => key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [title(key), inStyle(state, inner)]));
}
