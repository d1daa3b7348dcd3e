/** The commands that change something, in one place, so that --dry-run prints what would run. */

export function createApp(app: string, org: string | undefined): string[] {
	return ["apps", "create", app, ...(org === undefined ? [] : ["--org", org]), "--yes"];
}

/** Values come on standard input; --stage keeps them for the deployment that follows. */
export function importSecrets(app: string): string[] {
	return ["secrets", "import", "--stage", "-a", app];
}

/** `--ha` defaults to true and would make a second machine with a second, empty database. */
export function deployApp(app: string, region: string | undefined, buildId: string): string[] {
	const where = region === undefined ? [] : ["--primary-region", region];
	const build = ["--build-arg", `BUILD_ID=${buildId}`];
	return ["deploy", "-a", app, "-c", "fly.toml", "--remote-only", "--ha=false", ...where, ...build, "--yes"];
}

export function destroyApp(app: string): string[] {
	return ["apps", "destroy", app, "--yes"];
}
