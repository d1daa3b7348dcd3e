import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { parse } from "smol-toml";
import { root } from "../../root.ts";
import { restartAs, stopMachine, stopProcess } from "./machine.ts";
import { restoreUploaded } from "./ssh.ts";
import type { FakeApp, FakeFlyState, FakeMachine } from "./state.ts";

/** primary_region in fly.toml. */
const DEFAULT_REGION = "fra";

type Deployment = { config: string; region: string | undefined; build: string };

/**
 * Deploys as `flyctl deploy` does. The first deployment creates a machine, and a volume if the configuration mounts one;
 * later ones update the existing machines, which neither get nor lose a volume.
 */
export async function deployMachines(
	state: FakeFlyState,
	app: FakeApp,
	{ config, region = DEFAULT_REGION, build }: Deployment,
): Promise<string> {
	const toml = parse(readFileSync(join(root, config), "utf8")) as { mounts?: unknown[]; build?: { image?: string } };
	const mounts = toml.mounts !== undefined;
	for (const { id, volume } of app.machines) {
		// internal/command/deploy/machines.go `validateVolumeConfig` asks even with --yes.
		if (!mounts && volume !== undefined) throw new Error("yes flag must be specified when not running interactively");
		if (mounts && volume === undefined) throw new Error(`Process group 'app' needs volumes with name 'data' (${id})`);
	}
	if (app.machines.length === 0) {
		if (mounts && app.volumes.length === 0) app.volumes.push({ id: `vol_${newId()}`, region, sizeGb: 1 });
		const volume = mounts ? app.volumes[0] : undefined;
		const home = volume?.region ?? region;
		app.machines.push({ id: newId(), region: home, state: "created", build: "", volume: volume?.id, pid: undefined });
	}
	app.released = Object.keys(app.secrets);
	if (toml.build?.image !== undefined) {
		for (const machine of app.machines) machine.state = "started";
		if (state.databases !== undefined) await setPassword(state.databases.redisPort, app.secrets);
	} else if (!state.brokenBuild) {
		for (const machine of app.machines) machine.command = undefined;
		await restartAs(state, app, app.machines, build);
	}
	return `Visit your newly deployed app`;
}

/** New machines are copies of the first. */
export async function scale(state: FakeFlyState, app: FakeApp, count: number, yes: boolean): Promise<string> {
	const [first] = app.machines;
	if (first === undefined) throw new Error("this app has no complete releases. Run `fly deploy` to create one");
	if (count === app.machines.length) return "App already scaled to desired state. No need for changes";
	if (!yes) throw new Error("--yes flag must be specified when not running interactively");
	for (const gone of app.machines.splice(count)) if (gone.pid !== first.pid) await stopMachine(gone);
	const added: FakeMachine[] = [];
	while (app.machines.length + added.length < count) added.push({ ...first, id: newId() });
	app.machines.push(...added);
	if (state.databases === undefined) return "Executing scale plan";
	for (const machine of added) machine.pid = undefined;
	await restartAs(state, app, added, first.build);
	return "Executing scale plan";
}

export async function updateMachine(
	state: FakeFlyState,
	app: FakeApp,
	id: string,
	{ command, yes }: Record<string, unknown>,
): Promise<string> {
	const machine = machineOf(app, id);
	if (yes !== true) throw new Error("prompt: non interactive");
	app.released = Object.keys(app.secrets);
	await stopMachine(machine);
	machine.command = (command as string | undefined)?.split(" ");
	if (machine.command === undefined) await restartAs(state, app, [machine], machine.build);
	machine.state = "started";
	return `Monitor machine status here:\nhttps://fly.io/apps/machines/${id}`;
}

export async function destroyMachine(app: FakeApp, id: string, force: boolean): Promise<string> {
	const machine = machineOf(app, id);
	if (!force && machine.state === "started") throw new Error(`machine ${id} must be stopped or suspended`);
	await stopMachine(machine);
	app.machines.splice(app.machines.indexOf(machine), 1);
	return `machine ${id} was found and is currently in ${machine.state} state, attempting to destroy...`;
}

export async function destroyApp(state: FakeFlyState, name: string): Promise<string> {
	const app = state.apps[name];
	if (app === undefined) throw new Error(`Could not find App "${name}"`);
	for (const machine of app.machines) await stopMachine(machine);
	for (const cluster of state.clusters) cluster.apps = cluster.apps.filter((one) => one !== name);
	delete state.apps[name];
	return `Destroyed app ${name}`;
}

/** Restarts the same build on the same volume, and runs the restore of as-node.sh. */
export async function restartMachine(state: FakeFlyState, app: FakeApp, id: string): Promise<string> {
	const machine = machineOf(app, id);
	if (machine.pid === undefined) throw new Error(`machine ${id} could not be found`);
	await stopProcess(machine.pid);
	restoreUploaded(state);
	await restartAs(state, app, [machine], machine.build);
	return `FlyMachine ${id} restarted successfully!`;
}

function machineOf({ machines }: FakeApp, id: string): FakeMachine {
	const machine = machines.find((one) => one.id === id);
	if (machine === undefined) throw new Error(`machine ${id} could not be found`);
	return machine;
}

/** Returns an id of the length that Fly.io uses. */
function newId(): string {
	return randomBytes(7).toString("hex");
}

/** Sets the password in the flags of the Valkey image on a server that is already running. */
async function setPassword(port: number, { VALKEY_EXTRA_FLAGS = "" }: Record<string, string>): Promise<void> {
	const password = /^--requirepass ([\w-]+)$/.exec(VALKEY_EXTRA_FLAGS)?.[1];
	if (password === undefined) throw new Error("Valkey has no password");
	const socket = connect(port, "127.0.0.1");
	socket.write(`CONFIG SET requirepass ${password}\r\n`);
	const [reply] = await once(socket, "data");
	socket.destroy();
	if (!String(reply).startsWith("+OK")) throw new Error(`Valkey returned ${reply}`);
}
