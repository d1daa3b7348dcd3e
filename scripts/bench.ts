import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";
import { installDependencies, missingPackages } from "./setup/dependencies.mjs";
import { withLock } from "./setup/lock.mjs";
import { cacheFolder } from "./setup/tools.mjs";

const BAD_INPUT_EXIT_CODE = 2;

const folder = join(root, "load", "bench");
const args = process.argv.slice(2);

if (args.includes("--help") || (await installPeers())) {
	const bench = spawn(process.execPath, [join(folder, "bench.ts"), ...args], { stdio: "inherit" });
	// A terminal sends Ctrl-C to both: the benchmark cleans up, and this waits for it. What is sent to this alone is handed on.
	process.on("SIGINT", () => {});
	process.on("SIGTERM", () => bench.kill("SIGTERM"));
	bench.on("close", (code) => {
		process.exitCode = code ?? 1;
	});
} else {
	process.exitCode = BAD_INPUT_EXIT_CODE;
}

/** Whether the servers to compare with are there; why not is said. */
async function installPeers(): Promise<boolean> {
	try {
		await withLock(join(cacheFolder(root), "bench.lock"), async () => {
			if (missingPackages(folder, "production").length === 0) return;
			console.error(
				"The benchmark compares with Socket.IO, ws and uWebSockets (in Bun, 100 MB): they are installed once.",
			);
			await installDependencies(folder, "production");
		});
		return true;
	} catch (error) {
		console.error(`The servers to compare with could not be installed: ${(error as Error).message}`);
		return false;
	}
}
