import { spawn } from "node:child_process";

const CALM = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--engine-strict=false"];

/**
 * Runs npm without a word; rejects with what it had to say when it fails.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function npm(args, cwd) {
	const [command, first, shell] = npmCommand();
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...first, ...args, ...CALM], { cwd, shell, stdio: ["ignore", "pipe", "pipe"] });
		let said = "";
		child.stdout.on("data", (chunk) => {
			said += chunk;
		});
		child.stderr.on("data", (chunk) => {
			said += chunk;
		});
		child.on("error", reject);
		child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `npm ended with ${code}`))));
	});
}

/**
 * The npm that called us, run by the Node we are: the same on every system, with no shell in between.
 * @returns {[string, string[], boolean]}
 */
export function npmCommand() {
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli)) return [process.execPath, [cli], false];
	return ["npm", [], process.platform === "win32"];
}
