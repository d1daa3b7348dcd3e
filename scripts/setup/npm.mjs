import { spawn } from "node:child_process";

const QUIET = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--engine-strict=false"];

/**
 * Runs npm without printing its output. Rejects with the output if it fails.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function npm(args, cwd) {
	const [command, first, shell] = npmCommand();
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...first, ...args, ...QUIET], { cwd, shell, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		child.stdout.on("data", (chunk) => {
			output += chunk;
		});
		child.stderr.on("data", (chunk) => {
			output += chunk;
		});
		child.on("error", reject);
		child.on("close", (code) =>
			code === 0 ? resolve() : reject(new Error(output.trim() || `npm exited with ${code}`)),
		);
	});
}

/**
 * Returns the command that runs npm: the npm that called this process, with the same Node and without a shell.
 * @returns {[string, string[], boolean]}
 */
export function npmCommand() {
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli)) return [process.execPath, [cli], false];
	return ["npm", [], process.platform === "win32"];
}
