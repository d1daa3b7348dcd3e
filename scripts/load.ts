import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";
import { installDependencies, missingPackages } from "./setup/dependencies.mjs";
import { withLock } from "./setup/lock.mjs";
import { cacheFolder } from "./setup/tools.mjs";

const folder = join(root, "load");

await withLock(join(cacheFolder(root), "load.lock"), async () => {
	if (missingPackages(folder, "production").length === 0) return;
	console.error("The load harness stands on Artillery, which is big: the first time takes a minute or two.");
	await installDependencies(folder, "production");
});

const harness = spawn(process.execPath, [join(folder, "run.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
// A terminal sends Ctrl-C to both: the harness cleans up, and this waits for it. What is sent to this alone is handed on.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => harness.kill("SIGTERM"));
harness.on("close", (code) => {
	process.exitCode = code ?? 1;
});
