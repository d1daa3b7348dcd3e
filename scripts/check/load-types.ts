import { join } from "node:path";
import { missingPackages } from "../setup/dependencies.mjs";
import { runProgram } from "../test/run-program.ts";

const DEADLINE_MS = 120_000;

/** The folders under load/ that have packages of their own. Their types lie there, and one check reads both. */
export const LOAD_FOLDERS = ["load", "load/bench"];

/** Why the types of load/ can't be checked yet, and who will; undefined when they can. */
export function whyNotLoadTypes(root: string): string | undefined {
	const folder = LOAD_FOLDERS.find((name) => missingPackages(join(root, name), "all").length > 0);
	return (
		folder && `the packages of ${folder}/ are not installed; npm test -- --only load installs them and checks this`
	);
}

/** What is wrong with the types of load/, load/bench and the rest of it. */
export async function checkLoadTypes(root: string): Promise<string[]> {
	const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
	const { code, output } = await runProgram(process.execPath, [compiler, "-p", join(root, "load")], {
		deadlineMs: DEADLINE_MS,
	});
	return code === 0 ? [] : [output.trim() || `It ended with ${code}.`];
}
