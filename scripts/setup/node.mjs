import { spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { NODE_FLOOR, NODE_LTS } from "./pins.mjs";
import { cacheFolder, provideTool } from "./tools.mjs";

/**
 * Returns the Node that the npm scripts use. If the installed one is too old, downloads the current LTS and links it in
 * node_modules/.bin, which npm puts first on the PATH of every script.
 * @param {string} root
 * @returns {Promise<string>}  the program's path
 */
export async function provideNode(root) {
	const fetched = process.execPath.startsWith(cacheFolder(root));
	if (fetched ? process.versions.node === NODE_LTS : !isOlder(process.versions.node, NODE_FLOOR))
		return process.execPath;

	if (!fetched) {
		console.log(
			`Node ${process.versions.node} is older than ${NODE_FLOOR}: the commands of this project use Node ${NODE_LTS}.`,
		);
	}
	const node = await provideTool(root, "node", NODE_LTS);
	const result = spawnSync(node, ["--version"], { encoding: "utf8" });
	if (result.status !== 0) {
		throw new Error(
			`The downloaded Node does not run on this system. Install Node ${NODE_FLOOR} or newer: https://nodejs.org`,
		);
	}
	putOnPath(root, node);
	return node;
}

/**
 * @param {string} version
 * @param {string} floor
 */
export function isOlder(version, floor) {
	return version.localeCompare(floor, "en", { numeric: true }) < 0;
}

/**
 * @param {string} root
 * @param {string} node
 */
function putOnPath(root, node) {
	const bin = join(root, "node_modules", ".bin");
	mkdirSync(bin, { recursive: true });
	const fresh = join(bin, `node.${process.pid}`);
	rmSync(fresh, { force: true });
	if (process.platform === "win32") {
		writeFileSync(fresh, `@"${node}" %*\r\n`);
		renameSync(fresh, join(bin, "node.cmd"));
	} else {
		symlinkSync(relative(bin, node), fresh);
		renameSync(fresh, join(bin, "node"));
	}
}
