import { randomBytes } from "node:crypto";
import { startMachine, stopMachine } from "./machine.ts";
import { takePendingRestore } from "./ssh.ts";
import type { StandInApp, State } from "./state.ts";

/** primary_region in fly.toml. */
const DEFAULT_REGION = "fra";

/** As `flyctl deploy` does it: the first time a volume and a machine, later on the same machine with the new build. */
export async function deploy(
	state: State,
	app: StandInApp,
	{ region = DEFAULT_REGION, build }: { region: string | undefined; build: string },
): Promise<string> {
	if (app.volumes.length === 0) app.volumes.push({ id: `vol_${id()}`, region, sizeGb: 1 });
	if (app.machines.length === 0) {
		const home = app.volumes[0]!.region;
		app.machines.push({ id: id(), region: home, state: "created", build: "", pid: undefined });
	}
	app.released = Object.keys(app.secrets);
	if (!state.brokenBuild) {
		const machine = app.machines[0]!;
		if (machine.pid !== undefined) await stopMachine(machine.pid);
		machine.pid = startMachine(state, app.secrets, build);
		machine.build = build;
		machine.state = "started";
	}
	return `Visit your newly deployed app`;
}

export async function destroyApp(state: State, name: string): Promise<string> {
	const app = state.apps[name];
	if (app === undefined) throw new Error(`Could not find App "${name}"`);
	for (const { pid } of app.machines) if (pid !== undefined) await stopMachine(pid);
	delete state.apps[name];
	return `Destroyed app ${name}`;
}

/** The same build on the same volume, after an orderly end. What as-node.sh does before the server starts is done. */
export async function restartMachine(state: State, app: StandInApp, id: string): Promise<string> {
	const machine = app.machines.find((one) => one.id === id);
	if (machine?.pid === undefined) throw new Error(`machine ${id} could not be found`);
	await stopMachine(machine.pid);
	takePendingRestore(state);
	machine.pid = startMachine(state, app.secrets, machine.build);
	return `Machine ${id} restarted successfully!`;
}

function id(): string {
	return randomBytes(7).toString("hex");
}
