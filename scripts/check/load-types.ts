import { join } from "node:path";
import { missingPackages } from "../setup/dependencies.mjs";
import { runTool } from "./run-tool.ts";

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
export function checkLoadTypes(root: string): Promise<string[]> {
	return runTool("typescript/bin/tsc", "-p", join(root, "load"));
}
