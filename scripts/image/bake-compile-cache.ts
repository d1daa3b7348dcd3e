/**
 * Runs the built server once with NODE_COMPILE_CACHE, from its start over a message to its orderly end, so that the code
 * that a start needs lies compiled beside it.
 *
 *   node scripts/image/bake-compile-cache.ts SERVER CACHE-FOLDER
 */
import { readdirSync } from "node:fs";
import { runServer } from "../local-server/run-server.ts";
import { smoke } from "../smoke/smoke.ts";

const [entry, cacheFolder] = process.argv.slice(2) as [string, string];
const server = await runServer({ entry, env: { NODE_COMPILE_CACHE: cacheFolder, LOG_LEVEL: "warn" } });
const result = await smoke(server.url);
const code = await server.stop();
if (!result.ok) throw new Error(`The built server doesn't work; ${result.step}: ${result.why}\n${server.output()}`);
if (code !== 0) throw new Error(`The built server ended with ${code}.\n${server.output()}`);

const files = readdirSync(cacheFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
if (files.length === 0) throw new Error(`Nothing was compiled into ${cacheFolder}.`);
console.log(`Compiled ahead: ${files.length} files.`);
