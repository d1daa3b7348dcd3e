import { join } from "node:path";
import { missingPackages } from "../setup/dependencies.mjs";
import { runProgram } from "../test/run-program.ts";

const DEADLINE_MS = 120_000;

/** The folders under load/ with their own packages. One check covers the types of both. */
export const LOAD_FOLDERS = ["load", "load/bench"];

/** Returns why the types of load/ cannot be checked yet, or undefined if they can. */
export function whyNotLoadTypes(root: string): string | undefined {
	const folder = LOAD_FOLDERS.find((name) => missingPackages(join(root, name), "all").length > 0);
	return (
		folder && `the packages of ${folder}/ are not installed; npm test -- --only load installs them and checks this`
	);
}

/** Checks the types of load/ and its folders. Returns the compiler's output if it fails. */
export async function checkLoadTypes(root: string): Promise<string[]> {
	const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
	const { code, output } = await runProgram(process.execPath, [compiler, "-p", join(root, "load")], {
		deadlineMs: DEADLINE_MS,
	});
	return code === 0 ? [] : [output.trim() || `It ended with ${code}.`];
}
