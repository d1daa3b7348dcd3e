import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, stop } from "esbuild";

const RUN = "Deno" in globalThis ? ["run", "-A"] : [];

test("in the bundle, the store finds its worker file and its schema", async () => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-bundle-"));
	const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
	try {
		await build({
			entryPoints: { store: here("../open.ts"), "sqlite-worker": here("./sqlite-worker.ts") },
			outdir: folder,
			outExtension: { ".js": ".mjs" },
			bundle: true,
			platform: "node",
			format: "esm",
			logLevel: "error",
		});
		const program = join(folder, "program.mjs");
		await writeFile(
			program,
			`import { openStore } from ${JSON.stringify(pathToFileURL(join(folder, "store.mjs")))};
			const store = await openStore({ databasePath: ${JSON.stringify(join(folder, "hubbub.db"))} });
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
