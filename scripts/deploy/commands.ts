/** The arguments of the flyctl commands that change something, which --dry-run prints. */

/** The names of an app's databases on Fly.io. */
export const clusterName = (app: string) => `${app}-db`;
export const valkeyName = (app: string) => `${app}-valkey`;

export function createAppArgs(app: string, org: string | undefined): string[] {
	return ["apps", "create", app, ...(org === undefined ? [] : ["--org", org]), "--yes"];
}

/** Reads the values from standard input. --stage applies them at the next deployment. */
export function importSecretsArgs(app: string): string[] {
	return ["secrets", "import", "--stage", "-a", app];
}

/** The configuration of one machine with a volume, and of several machines with shared databases. */
export const ONE_MACHINE = "fly.toml";
export const SEVERAL_MACHINES = "scripts/deploy/fly.machines.toml";
const VALKEY = "scripts/deploy/valkey.toml";

/** `--ha` defaults to true and would create a second machine, with an empty database if the machine has a volume. */
export function deployAppArgs(app: string, config: string, region: string | undefined, buildId: string): string[] {
	const where = region === undefined ? [] : ["--primary-region", region];
	const build = ["--build-arg", `BUILD_ID=${buildId}`];
	return ["deploy", "-a", app, "-c", config, "--remote-only", "--ha=false", ...where, ...build, "--yes"];
}

export function scaleArgs(app: string, machines: number): string[] {
	return ["scale", "count", String(machines), "-a", app, "--yes"];
}

/** Waits until the cluster is ready, and prints its address with the password. */
export function createClusterArgs(name: string, org: string, region: string): string[] {
	return ["mpg", "create", "--name", name, "--org", org, "--region", region, "--plan", "basic", "--volume-size", "10"];
}

/** Sets the secret DATABASE_URL, and prints it. */
export function attachClusterArgs(id: string, app: string): string[] {
	return ["mpg", "attach", id, "-a", app];
}

export function destroyClusterArgs(id: string): string[] {
	return ["mpg", "destroy", id, "--yes"];
}

export function deployValkeyArgs(app: string, region: string): string[] {
	return ["deploy", "-a", app, "-c", VALKEY, "--ha=false", "--primary-region", region, "--yes"];
}

/** Keeps the machine and its volume without a server, and applies staged secrets. Without connections it must not suspend. */
export function closeMachineArgs(app: string, id: string): string[] {
	const how = ["--command", CLOSED_COMMAND, "--autostop=off", "--skip-health-checks", "--yes"];
	return ["machine", "update", id, "-a", app, ...how];
}
export const CLOSED_COMMAND = "sleep infinity";

/** Keeps the volume, detached. */
export function destroyMachineArgs(app: string, id: string): string[] {
	return ["machine", "destroy", id, "-a", app, "--force"];
}

/** Runs a shell command on the app's machine, as root. */
export function onMachineArgs(app: string, line: string): string[] {
	return ["ssh", "console", "-a", app, "-C", `sh -c '${line}'`];
}

export function destroyAppArgs(app: string): string[] {
	return ["apps", "destroy", app, "--yes"];
}
