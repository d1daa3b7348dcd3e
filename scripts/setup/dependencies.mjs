import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";

/**
 * @typedef {"production" | "all"} Extent  what to install: what the server needs, or the tools for developing it too
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, inBundle?: boolean, os?: string[], cpu?: string[] }} Locked
 */

/**
 * No package runs a script of its own on installation. None of ours has to, npm versions differ in which ones they
 * would let run, and what is installed should not depend on that.
 */
const FLAGS = ["--no-save", "--prefer-offline", "--ignore-scripts"];

/**
 * Installs what package-lock.json names and node_modules lacks. Never removes: a start after a test run keeps the
 * development tools.
 * @param {string} folder
 * @param {Extent} extent
 */
export async function installDependencies(folder, extent) {
	const missing = missingPackages(folder, extent);
	if (missing.length === 0) return;
	console.log(`Installing ${missing.length} packages, once…`);
	const hasTools = Object.values(packagesIn(installedRecord(folder))).some((entry) => entry.dev);
	const tools = extent === "all" || hasTools ? "--include=dev" : "--omit=dev";
	await npm(["install", ...FLAGS, tools], folder);
}

/**
 * The packages of the lock file that node_modules does not hold in that version. npm's own record of what it installed
 * is the evidence: it follows an `npm ci` or `npm prune` done by hand, which a stamp of ours would not.
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
