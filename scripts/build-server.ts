import { cpSync, globSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BuildOptions, build } from "esbuild";
import { buildId } from "./deploy/build-id.ts";
import { pageOutput } from "./page/bundle.ts";
import { root } from "./root.ts";
import { NODE_FLOOR } from "./setup/pins.mjs";

const HELP = `node scripts/build-server.ts [--out FOLDER]

Bundles the server into dist/, which needs nothing but Node: node dist/main.mjs. It copies the page into dist/web: build the
page first, as npm run build does.

  --out  writes to this new folder instead of dist/
`;

const { values } = parseArgs({ options: { out: { type: "string" }, help: { type: "boolean" } } });
const output = values.out === undefined ? join(root, "dist") : resolve(values.out);

/** The operator commands that are bundled with the server. */
const TOOLS = ["scripts/backup.ts", "scripts/restore.ts", "scripts/export-room.ts", "scripts/migrate-store.ts"];

/** Defines the variables that bundled CommonJS packages expect. */
const COMMONJS = [
	'import { createRequire as hubbubRequire } from "node:module";',
	"const require = hubbubRequire(import.meta.url);",
	"const __filename = import.meta.filename;",
	"const __dirname = import.meta.dirname;",
].join("\n");

if (values.help) console.log(HELP);
else await buildServer();

async function buildServer(): Promise<void> {
	const id = buildId(root);
	console.log(`Building the server (${id})…`);
	if (values.out === undefined) rmSync(output, { recursive: true, force: true });
	// Dynamic imports of main.ts become separate files, which are loaded on demand.
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
		// Optional native packages of ws.
		external: ["bufferutil", "utf-8-validate"],
		minifySyntax: true,
		minifyWhitespace: true,
		legalComments: "linked",
		logLevel: "warning",
		...options,
	});
}

/** Returns the worker programs. Each becomes a file beside the one that starts it, under its own name. */
function workers(): string[] {
	return globSync("app/**/*worker.ts", { cwd: root });
}
