import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, stop } from "esbuild";
import { PostgresServer } from "./testing/postgres-server.ts";

const RUN = "Deno" in globalThis ? ["run", "-A"] : [];

/** CommonJS packages in an ES module still use the variables of CommonJS. */
const COMMONJS =
	'import { createRequire } from "node:module"; const require = createRequire(import.meta.url); const __dirname = "";';

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

test("in the bundle, the store on PostgreSQL and its driver are a separate file and need no node_modules", async () => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-bundle-"));
	try {
		await build({
			entryPoints: { store: fileURLToPath(new URL("../open.ts", import.meta.url)) },
			outdir: folder,
			outExtension: { ".js": ".mjs" },
			bundle: true,
			splitting: true,
			platform: "node",
			format: "esm",
			banner: { js: COMMONJS },
			logLevel: "error",
		});
		assert.ok((await readdir(folder)).some((file) => file.startsWith("postgres-store-")));
		const program = join(folder, "program.mjs");
		const settings = { databasePath: "", databaseUrl: await server.createDatabase() };
		await writeFile(
			program,
			`import { openStore } from "./store.mjs";
			const store = await openStore(${JSON.stringify(settings)});
			const { epoch, seq } = await store.open("lobby", 5);
			await store.close();
			console.log(epoch.length, seq);`,
		);
		const { stdout } = await promisify(execFile)(process.execPath, [...RUN, program]);
		assert.equal(stdout, "12 0\n");
	} finally {
		await stop();
		await rm(folder, { recursive: true, force: true });
	}
});
