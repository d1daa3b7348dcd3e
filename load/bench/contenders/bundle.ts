import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../bad-input.ts";
import { REPORTS_DIR } from "../report/directory.ts";
import { program } from "./ours.ts";
import type { Program } from "./server-process.ts";

const BUNDLE = fileURLToPath(new URL("../../../dist/main.mjs", import.meta.url));
const BARE = fileURLToPath(new URL("bare.server.js", import.meta.url));

/** The server as it is deployed: bundled, compiled ahead, and its database there already when it starts again. */
export function bundle(): Program {
	if (!existsSync(BUNDLE))
		throw new BadInput("The cold start is that of the bundle: make it first with npm run build.");
	const { env } = program();
	return {
		command: [process.execPath, BUNDLE],
		env: async () => {
			const directory = keptDirectory();
			return { ...(await env?.(directory)), NODE_COMPILE_CACHE: join(directory, "compiled") };
		},
	};
}

/** The least that Node can start. */
export function bare(): Program {
	return { command: [process.execPath, BARE] };
}

let kept: string | undefined;

/** The same at every start, until this process ends. */
function keptDirectory(): string {
	if (kept === undefined) {
		const directory = mkdtempSync(join(REPORTS_DIR, "cold-start-"));
		process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
		kept = directory;
	}
	return kept;
}
