import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Whether this process is Deno. Node and npm may be missing. */
export const isDeno = "Deno" in globalThis;

/**
 * Installs the server's dependencies with Deno. Deno takes the versions from package-lock.json only if it has no lock file of
 * its own, so that one is removed first.
 * @param {string} folder
 */
export function installWithDeno(folder) {
	if (directDependencies(folder).every(({ path, version }) => versionOf(path) === version)) return;
	console.log("Installing the server's packages with Deno, once…");
	rmSync(join(folder, "deno.lock"), { force: true });
	const args = ["install", "--prod", "--quiet", "--node-modules-dir=auto"];
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
	if (status !== 0) throw new Error(stderr.trim());
}

/** @param {string} folder */
function directDependencies(folder) {
	const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
	return Object.keys(packages[""].dependencies).map((name) => ({
		path: join(folder, "node_modules", name),
		version: packages[`node_modules/${name}`].version,
	}));
}

/** @param {string} path */
function versionOf(path) {
	const manifest = join(path, "package.json");
	return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}
