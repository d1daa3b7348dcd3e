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
import { isCi } from "./is-ci.ts";
import { runNodeSuite } from "./node-suite.ts";
import { provideProgram } from "./programs.ts";
import { testFiles } from "./test-files.ts";

const MINUTE_MS = 60_000;

/** A stage that cannot run here says why: that is a skip, and in CI a failure. */
export type Outcome = Counts | { cannotRun: string };

export type Stage = {
	name: string;
	about: string;
	/** @param filters parts of the paths of the test files to run; all of them when empty */
	run(filters: string[]): Promise<Outcome>;
};

const plain = { concurrency: 2, testTimeoutMs: 2 * MINUTE_MS, deadlineMs: 15 * MINUTE_MS };

export const STAGES: Stage[] = [
	{
		name: "check",
		about: "types, lint, format, import rules, sizes, settings, advisories",
		run: async (filters) => (filters.length > 0 ? { passed: 0, failed: 0, skipped: 0 } : await runChecks()),
	},
	{
		name: "node",
		about: `the server and the scripts on Node ${process.versions.node}`,
		run: (filters) => runNodeSuite({ ...plain, files: testFiles(["app", "scripts"], "plain", filters) }),
	},
	{
		name: "page",
		about: "the page's model and views, without a browser",
		run: (filters) => runNodeSuite({ ...plain, jsx: true, files: testFiles(["web"], "plain", filters) }),
	},
	{
		name: "load",
		about: "the load harness",
		run: async (filters) => {
			const files = testFiles(["load"], "plain", filters);
			if (files.length === 0) return await runNodeSuite({ ...plain, files });
			for (const folder of LOAD_FOLDERS) await installDependencies(join(root, folder), "all");
			const env: Record<string, string> = {};
			for (const name of ["chromium", "nginx", "openssl", "ip", "postgres", "redis"] as const) {
				const program = provideProgram(name);
				if (!("missing" in program)) env[program.variable] = program.path;
				else if (isCi) return { cannotRun: program.missing };
				// Elsewhere the tests that want it are skipped, and say so.
			}
			const tests = await runNodeSuite({ ...plain, files, env });
			return filters.length > 0 ? tests : add(tests, await typesOfLoad());
		},
	},
	{
		name: "faults",
		about: "the chat under faults and attacks, row by row: npm run chaos and npm run attack, with --quick",
		run: async (filters) => (filters.length > 0 ? NONE : await runFaultSuites()),
	},
	{
		name: "floor",
		about: `the server on Node ${NODE_FLOOR}, the oldest supported`,
		run: async (filters) => {
			const node = await provideTool(root, "node", NODE_FLOOR);
			return await runNodeSuite({ ...plain, node, files: testFiles(["app"], "plain", filters) });
		},
	},
	{
		name: "deno",
		about: `the server under Deno ${DENO}`,
		run: async (filters) => {
			const deno = await provideTool(root, "deno", DENO);
			return await runDenoSuite(deno, testFiles(["app"], "plain", filters), plain.deadlineMs);
		},
	},
	{
		name: "postgres",
		about: "the store on PostgreSQL, on Node and under Deno",
		run: async (filters) => {
			const files = testFiles(["app", "scripts"], "postgres", filters);
			if (files.length === 0) return NONE;
			const postgres = provideProgram("postgres");
			if ("missing" in postgres) return { cannotRun: postgres.missing };
			const env = { [postgres.variable]: postgres.path };
			const onNode = await runNodeSuite({ ...plain, env, files });
			const deno = await provideTool(root, "deno", DENO);
			const ofServer = testFiles(["app"], "postgres", filters);
			return add(onNode, await runDenoSuite(deno, ofServer, plain.deadlineMs, env));
		},
	},
	{
		name: "cluster",
		about: "the server on PostgreSQL and Redis: what several processes do, and the server's suites on two and on three",
		run: async (filters) => {
			const env: Record<string, string> = {};
			for (const name of ["postgres", "redis", "nginx"] as const) {
				const program = provideProgram(name);
				if ("missing" in program) return { cannotRun: program.missing };
				env[program.variable] = program.path;
			}
			const deno = await provideTool(root, "deno", DENO);
			// Side by side, for they wait most of the time: for who is missed, or what comes back.
			const [onNode, underDeno] = await Promise.all([
				runNodeSuite({ ...plain, env, files: testFiles(["app", "scripts"], "cluster", filters) }),
				runDenoSuite(deno, testFiles(["app"], "cluster", filters), plain.deadlineMs, env),
			]);
			const files = testFiles(["app", "web"], "plain", filters);
			const onSeveral = await runClusterSuite({ ...plain, env, files });
			return [onNode, underDeno, onSeveral].reduce(add);
		},
	},
	{
		name: "browser",
		about: "the whole chat in Chromium",
		run: async (filters) => {
			const files = testFiles(["web", "app"], "browser", filters);
			const chromium = provideProgram("chromium");
			if ("missing" in chromium) return { cannotRun: chromium.missing };
			const env = { [chromium.variable]: chromium.path };
			return await runNodeSuite({
				files,
				env,
				concurrency: 1,
				testTimeoutMs: 2 * MINUTE_MS,
				deadlineMs: 10 * MINUTE_MS,
			});
		},
	},
];

/** Here too, since the first stage can't check them before this one has installed what they stand on. */
async function typesOfLoad(): Promise<Counts> {
	const problems = await checkLoadTypes(root);
	console.log(`  ${problems.length === 0 ? "✔" : "✖"} types`);
	for (const problem of problems) console.log(problem.replace(/^/gm, "    "));
	return problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

/** Programs that break the chat in every way they know; each has its npm script. */
const FAULT_SUITES = ["load/chaos/chaos.ts", "load/attack/attack.ts"];
const FAULT_SUITE_DEADLINE_MS = 8 * MINUTE_MS;

async function runFaultSuites(): Promise<Outcome> {
	await installDependencies(join(root, "load"), "all");
	const env: Record<string, string> = {};
	const folders: string[] = [];
	for (const name of ["strace", "ip", "faketime", "postgres", "redis"] as const) {
		const program = provideProgram(name);
		// Where one is missing, the rows that want it say so.
		if ("missing" in program) continue;
		env[program.variable] = program.path;
		folders.push(dirname(program.path));
	}
	env.PATH = [...folders, process.env.PATH].join(delimiter);
	let counts = NONE;
	for (const suite of FAULT_SUITES)
		counts = add(counts, await runFaultSuite(join(root, suite), FAULT_SUITE_DEADLINE_MS, !isCi, env));
	return counts;
}
