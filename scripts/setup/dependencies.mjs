import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";

/**
 * @typedef {"production" | "all"} Extent  "all" includes the development dependencies
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, inBundle?: boolean, os?: string[], cpu?: string[] }} Locked
 */

/** Install scripts are disabled: no dependency needs one, and versions of npm differ in which ones they run. */
const FLAGS = ["--no-save", "--prefer-offline", "--ignore-scripts"];

/**
 * Installs the packages of package-lock.json that are missing in node_modules. Removes none: a start after a test run keeps
 * the development dependencies.
 * @param {string} folder
 * @param {Extent} extent
 */
export async function installDependencies(folder, extent) {
	const missing = missingPackages(folder, extent);
	if (missing.length === 0) return;
	console.log(`Installing ${missing.length} packages, once…`);
	const hasDev = Object.values(packagesIn(installedRecord(folder))).some((entry) => entry.dev);
	const dev = extent === "all" || hasDev ? "--include=dev" : "--omit=dev";
	await npm(["install", ...FLAGS, dev], folder);
}

/**
 * Returns the packages of the lock file that node_modules lacks in that version. Reads npm's own record, which also reflects
 * a manual `npm ci` or `npm prune`.
 * @param {string} folder
 * @param {Extent} extent
 * @returns {string[]}  paths such as "node_modules/hono"
 */
export function missingPackages(folder, extent) {
	const wanted = packagesIn(join(folder, "package-lock.json"));
	const present = packagesIn(installedRecord(folder));
	return Object.entries(wanted)
		.filter(([path, entry]) => path !== "" && !entry.optional && !entry.inBundle && (extent === "all" || !entry.dev))
		.filter(([path, entry]) => present[path]?.version !== entry.version || !existsSync(join(folder, path)))
		.map(([path]) => path);
}

/** @param {string} folder */
function installedRecord(folder) {
	return join(folder, "node_modules", ".package-lock.json");
}

/**
 * @param {string} lockFile
 * @returns {Record<string, Locked>}
 */
function packagesIn(lockFile) {
	if (!existsSync(lockFile)) return {};
	return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}
