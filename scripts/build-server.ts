import { cpSync, globSync, rmSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { buildId } from "./deploy/build-id.ts";
import { pageOutput } from "./page/bundle.ts";
import { root } from "./root.ts";
import { builtins } from "./server-bundle/builtins.ts";
import { ON_FIRST_USE_FILES, onFirstUse } from "./server-bundle/on-first-use.ts";
import { NODE_FLOOR } from "./setup/pins.mjs";

const HELP = `node scripts/build-server.ts

Bundles the server into dist/, which starts with Node alone: node dist/main.mjs. The page is in dist/web; build it
first. npm run build does both.
`;

const output = join(root, "dist");

/** What an operator runs beside the server, where there is nothing but dist/. */
const TOOLS = ["scripts/backup.ts", "scripts/restore.ts", "scripts/export-room.ts", "scripts/migrate-store.ts"];

/** CommonJS packages inside an ES module still ask for what CommonJS would give them. */
const COMMONJS = [
	'import { createRequire as hubbubRequire } from "node:module";',
	"const require = hubbubRequire(import.meta.url);",
	"const __filename = import.meta.filename;",
	"const __dirname = import.meta.dirname;",
].join("\n");

if (process.argv.includes("--help")) console.log(HELP);
else await buildServer();

async function buildServer(): Promise<void> {
	const id = buildId(root);
	console.log(`Building the server (${id})…`);
	rmSync(output, { recursive: true, force: true });
	// What main.ts imports only where it is asked for lies in files of its own, and costs nothing where it is not.
	await bundle(["app/main.ts"], id, { splitting: true });
	await bundle([...workers(), ...TOOLS], id);
	cpSync(pageOutput, join(output, "web"), { recursive: true });
	for (const file of globSync("*.mjs", { cwd: output }).sort()) {
		console.log(`${relative(root, join(output, file))}: ${Math.ceil(statSync(join(output, file)).size / 1000)} KB`);
	}
}

async function bundle(files: string[], id: string, options: BuildOptions = {}): Promise<void> {
	await build({
		entryPoints: files.map((file) => ({ in: join(root, file), out: basename(file, ".ts") })),
		outdir: output,
		outExtension: { ".js": ".mjs" },
		bundle: true,
		platform: "node",
		format: "esm",
		target: `node${NODE_FLOOR}`,
		banner: { js: COMMONJS },
		define: { BUNDLED_AS: JSON.stringify(id), "process.env.NODE_ENV": '"production"' },
		plugins: [builtins, onFirstUse(ON_FIRST_USE_FILES)],
		// Native helpers that ws would use if they were there; it does without.
		external: ["bufferutil", "utf-8-validate"],
		minifySyntax: true,
		minifyWhitespace: true,
		legalComments: "linked",
		logLevel: "warning",
		...options,
	});
}

/** A worker is a program of its own; its file stays beside the one that starts it, under its own name. */
function workers(): string[] {
	return globSync("app/**/*worker.ts", { cwd: root });
}
