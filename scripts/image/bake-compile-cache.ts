/**
 * Runs the built server once with NODE_COMPILE_CACHE, from its start over a message to its orderly end, so that the code
 * that a start needs lies compiled beside it.
 *
 *   node scripts/image/bake-compile-cache.ts SERVER CACHE-FOLDER
 */
import { chmodSync, chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { smoke } from "../smoke/smoke.ts";

/** The user node of the image, as in as-node.sh. */
const NODE_UID = 1000;

const [entry, cacheFolder] = process.argv.slice(2) as [string, string];
mkdirSync(cacheFolder, { recursive: true });
if (process.getuid?.() === 0) {
	// Node keeps one cache a user, by number: it has to be made by the user that the server will run as.
	chownSync(cacheFolder, NODE_UID, NODE_UID);
	process.setgid!(NODE_UID);
	process.setuid!(NODE_UID);
}

const server = await ServerProcess.start({
	command: [process.execPath, entry],
	env: { NODE_COMPILE_CACHE: cacheFolder },
});
const result = await smoke(server.url);
const code = await server.stop();
if (!result.ok) throw new Error(`The built server doesn't work; ${result.step}: ${result.why}\n${server.output()}`);
if (code !== 0) throw new Error(`The built server ended with ${code}.\n${server.output()}`);

const entries = readdirSync(cacheFolder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
if (files.length === 0) throw new Error(`Nothing was compiled into ${cacheFolder}.`);
// Copied into the image they are root's: to be read by the server, and changed by nobody.
for (const file of files) chmodSync(file, 0o644);
console.log(`Compiled ahead: ${files.length} files.`);
