import { join } from "node:path";
import { root } from "../root.ts";
import { runProgram } from "../test/run-program.ts";

const DEADLINE_MS = 120_000;

/** Runs a program of a package in node_modules. Returns its output if it fails. */
export function runTool(tool: string, ...args: string[]): Promise<string[]> {
	return runNode(join(root, "node_modules", tool), ...args);
}

export async function runNode(...args: string[]): Promise<string[]> {
	const { code, output } = await runProgram(process.execPath, args, { deadlineMs: DEADLINE_MS });
	return code === 0 ? [] : [output.trim() || `It ended with ${code}.`];
}
