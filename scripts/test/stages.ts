import { delimiter, dirname, join } from "node:path";
import { runChecks } from "../check/checks.ts";
import { checkLoadTypes, LOAD_FOLDERS } from "../check/load-types.ts";
import { root } from "../root.ts";
import { installDependencies } from "../setup/dependencies.mjs";
import { DENO, NODE_FLOOR } from "../setup/pins.mjs";
import { provideTool } from "../setup/tools.mjs";
import { runClusterSuite } from "./cluster-suite.ts";
import { add, type Counts, NONE } from "./counts.ts";
import { runDenoSuite } from "./deno-suite.ts";
import { runFaultSuite } from "./fault-suite.ts";
import { FileGraph } from "./file-graph.ts";
import { isCi } from "./is-ci.ts";
import { runNodeSuite } from "./node-suite.ts";
import { type ProgramName, provideProgram } from "./programs.ts";
import type { Selection } from "./selection.ts";
import { print } from "./stage-context.ts";
import { testFiles } from "./test-files.ts";

const MINUTE_MS = 60_000;

/** The counts of a stage, or why it can't run here: a skip, and in CI a failure. */
export type Outcome = Counts | { cannotRun: string };

export type Stage = {
	name: string;
	about: string;
	/** It needs the packages of load/. */
	usesLoadPackages?: true;
	run(selection: Selection): Promise<Outcome>;
};

const plain = { groups: 2, share: 0.8, testTimeoutMs: 2 * MINUTE_MS, deadlineMs: 15 * MINUTE_MS };

/** The tests of the browser run one after the other. */
const BROWSER_DEADLINE_MS = 25 * MINUTE_MS;

/** The cores used by a group of tests that mostly wait, for timeouts and reconnects. */
const WAITING_SHARE = 0.5;

const graph = new FileGraph(root);

/** The stages, which run side by side. The longest start first. */
export const STAGES: Stage[] = [
	{
		name: "faults",
		about: "the chat under faults and attacks, row by row: npm run chaos and npm run attack, with --quick",
		usesLoadPackages: true,
		run: runFaultSuites,
	},
	{
		name: "check",
		about: "types, lint, format, import rules, words, sizes, settings, advisories",
		run: async (selection) => (selection.withChecks ? await runChecks() : NONE),
	},
	{
		name: "load",
		about: "the load harness",
		usesLoadPackages: true,
		run: async (selection) => {
			const files = testFiles(["load"], "plain", selection);
			const withTypes = selection.hasProgram("load/load.ts");
			if (files.length === 0 && !withTypes) return NONE;
			const { env, missing } = programs("chromium", "nginx", "openssl", "ip", "postgres", "redis");
			// Outside CI the tests that need it are skipped with a message.
			if (missing !== undefined && isCi) return { cannotRun: missing };
			const tests = await runNodeSuite({ ...plain, files, env, share: WAITING_SHARE });
			return withTypes ? add(tests, await typesOfLoad()) : tests;
		},
	},
	{
		name: "cluster",
		about: "the server on PostgreSQL and Redis: what several processes do, and the server's suites on three",
		run: async (selection) => {
			const { env, missing } = programs("postgres", "redis", "nginx");
			if (missing !== undefined) return { cannotRun: missing };
			const deno = await tool("deno", DENO);
			const ofServer = testFiles(["app"], "cluster", selection);
			const files = testFiles(["app", "scripts"], "cluster", selection);
			const onSeveral = testFiles(["app", "web"], "plain", selection);
			const runs = [
				runNodeSuite({ ...plain, env, files, share: WAITING_SHARE }),
				runDenoSuite({ ...plain, deno, env, files: ofServer, share: WAITING_SHARE }),
				runClusterSuite({ ...plain, env, files: onSeveral }, graph),
			];
			return (await Promise.all(runs)).reduce(add);
		},
	},
	{
		name: "browser",
		about: "the whole chat in Chromium",
		run: async (selection) => {
			const files = testFiles(["web", "app"], "browser", selection);
			if (files.length === 0) return NONE;
			const { env, missing } = programs("chromium");
			return missing === undefined
				? await runNodeSuite({ ...plain, files, env, groups: 1, share: 1.2, deadlineMs: BROWSER_DEADLINE_MS })
				: { cannotRun: missing };
		},
	},
	{
		name: "node",
		about: `the server and the scripts on Node ${process.versions.node}`,
		run: (selection) => runNodeSuite({ ...plain, files: testFiles(["app", "scripts"], "plain", selection) }),
	},
	{
		name: "page",
		about: "the page's model and views, without a browser",
		run: (selection) => runNodeSuite({ ...plain, jsx: true, files: testFiles(["web"], "plain", selection) }),
	},
	{
		name: "floor",
		about: `the server on Node ${NODE_FLOOR}, the oldest supported`,
		run: async (selection) => {
			const node = await tool("node", NODE_FLOOR);
			return await runNodeSuite({ ...plain, node, files: runtimeTests(selection) });
		},
	},
	{
		name: "deno",
		about: `the server under Deno ${DENO}`,
		run: async (selection) => {
			const deno = await tool("deno", DENO);
			return await runDenoSuite({ ...plain, deno, files: runtimeTests(selection) });
		},
	},
	{
		name: "postgres",
		about: "the store on PostgreSQL, on Node and under Deno",
		run: async (selection) => {
			const files = testFiles(["app", "scripts"], "postgres", selection);
			if (files.length === 0) return NONE;
			const { env, missing } = programs("postgres");
			if (missing !== undefined) return { cannotRun: missing };
			const deno = await tool("deno", DENO);
			const ofServer = testFiles(["app"], "postgres", selection);
			const runs = [runNodeSuite({ ...plain, env, files }), runDenoSuite({ ...plain, deno, env, files: ofServer })];
			return (await Promise.all(runs)).reduce(add);
		},
	},
];

/** Selects the server's tests whose result can depend on the runtime. Pure logic is tested on one runtime. */
function runtimeTests(selection: Selection): string[] {
	return testFiles(["app"], "plain", selection).filter((file) => graph.needsRuntime(file));
}

/** Returns the variables with the programs' paths, and how to install the first missing one. */
function programs(...names: ProgramName[]): { env: Record<string, string>; missing: string | undefined } {
	const provided = names.map((name) => provideProgram(name));
	const found = provided.filter((program) => "path" in program).map(({ variable, path }) => [variable, path] as const);
	return { env: Object.fromEntries(found), missing: provided.find((program) => "missing" in program)?.missing };
}

const installing = new Map<string, Promise<unknown>>();

/** Installs it once per run, because several stages need it. */
function once<T>(name: string, install: () => Promise<T>): Promise<T> {
	if (!installing.has(name)) installing.set(name, install());
	return installing.get(name) as Promise<T>;
}

/**
 * Installs the packages of load/. No stage may run meanwhile: tests of every stage import load/kit, and would resolve its imports
 * in packages that are half written.
 */
export async function installLoadPackages(): Promise<void> {
	for (const folder of LOAD_FOLDERS) await installDependencies(join(root, folder), "all");
}

function tool(name: "deno" | "node", version: string): Promise<string> {
	return once(`${name} ${version}`, () => provideTool(root, name, version));
}

/** A run of the check stage alone can lack the packages that these types need. */
async function typesOfLoad(): Promise<Counts> {
	const problems = await checkLoadTypes(root);
	print(`  ${problems.length === 0 ? "✔" : "✖"} types`);
	for (const problem of problems) print(problem.replace(/^/gm, "    "));
	return problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

/** The fault suites. Each is also an npm script. */
const FAULT_SUITES = [
	// A loss that shows in one run of many is a loss: its rows have no second attempt.
	{ program: "load/chaos/chaos.ts", share: WAITING_SHARE, isRepeatable: false },
	// Its rows compare the chat before an attack and during it, so nothing that uses a whole core may run beside it.
	{ program: "load/attack/attack.ts", share: 2, isRepeatable: true },
];
const FAULT_SUITE_DEADLINE_MS = 15 * MINUTE_MS;

async function runFaultSuites(selection: Selection): Promise<Outcome> {
	const suites = FAULT_SUITES.filter(({ program }) => selection.hasProgram(program));
	if (suites.length === 0) return NONE;
	// If a program is missing, the rows that need it report it.
	const { env } = programs("strace", "ip", "faketime", "postgres", "redis");
	const PATH = [...Object.values(env).map((path) => dirname(path)), process.env.PATH].join(delimiter);
	const shared = { deadlineMs: FAULT_SUITE_DEADLINE_MS, maySkip: !isCi, env: { ...env, PATH } };
	const runs = suites.map((suite) => runFaultSuite({ ...suite, ...shared, rows: selection.rowsOf?.(suite.program) }));
	return (await Promise.all(runs)).reduce(add);
}
