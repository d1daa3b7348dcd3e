/**
 * Prepares a clone: installs its dependencies, and a current Node if the installed one is too old. This is JavaScript without
 * dependencies, because it runs on Node 20 before anything is installed. If nothing is missing it only reads two files.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installWithDeno, isDeno } from "./setup/deno.mjs";
import { installDependencies } from "./setup/dependencies.mjs";
import { withLock } from "./setup/lock.mjs";
import { provideNode } from "./setup/node.mjs";
import { cacheFolder } from "./setup/tools.mjs";

const HELP = `node scripts/setup.mjs [--production] [--page]

Installs missing dependencies. Every npm script calls it first.

  --production  without development dependencies
  --page        also build the page, unless web/dist is newer than its sources
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = process.argv.slice(2);
const unknown = flags.find((flag) => !["--production", "--page", "--help"].includes(flag));

if (unknown || flags.includes("--help")) {
	if (unknown) console.error(`Unknown option ${unknown}.\n`);
	console.log(HELP);
	process.exit(unknown ? 1 : 0);
}

try {
	const runtime = await withLock(join(cacheFolder(root), "setup.lock"), async () => {
		if (isDeno) {
			installWithDeno(root);
			return process.execPath;
		}
		await installDependencies(root, flags.includes("--production") ? "production" : "all");
		installExec();
		return provideNode(root);
	});
	if (flags.includes("--page")) process.exitCode = buildPage(runtime);
} catch (error) {
	console.error(`Setup stopped: ${error instanceof Error ? error.message : error}`);
	console.error("If the npm registry could not be reached, connect and run the same command again.");
	process.exitCode = 1;
}

/** The npm scripts use `exec`, so that signals reach the server. The Windows shell does not have it. */
function installExec() {
	if (process.platform !== "win32") return;
	const bin = join(root, "node_modules", ".bin");
	mkdirSync(bin, { recursive: true });
	writeFileSync(join(bin, "exec.cmd"), "@%*\r\n");
}

/**
 * @param {string} runtime  the Node or Deno program
 * @returns {number}  exit code
 */
function buildPage(runtime) {
	const script = join(root, "scripts", "build-page.ts");
	const run = isDeno ? ["run", "--allow-all", script] : [script];
	return spawnSync(runtime, [...run, "--if-stale"], { cwd: root, stdio: "inherit" }).status ?? 1;
}
