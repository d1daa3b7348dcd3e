import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../bad-input.ts";
import { program } from "./ours.ts";
import type { Program } from "./server-process.ts";

const BUNDLE = fileURLToPath(new URL("../../../dist/server.js", import.meta.url));
const BARE = fileURLToPath(new URL("bare.server.js", import.meta.url));

/** The server as `npm run build` makes it for deployment. */
export function bundle(): Program {
	if (!existsSync(BUNDLE))
		throw new BadInput("The cold start is that of the bundle: make it first with npm run build.");
	return { ...program(), command: [process.execPath, BUNDLE] };
}

/** The least that Node can start. */
export function bare(): Program {
	return { command: [process.execPath, BARE] };
}
