import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";
import { installDependencies, missingPackages } from "./setup/dependencies.mjs";
import { withLock } from "./setup/lock.mjs";
import { cacheFolder } from "./setup/tools.mjs";

/** Installs the packages of a folder under load/ if they are missing, and prints `notice` before it does. */
export async function installLoadPackages(folder: string, notice: string): Promise<void> {
	const path = join(root, folder);
	await withLock(join(cacheFolder(root), `${folder.replace("/", "-")}.lock`), async () => {
		if (missingPackages(path, "production").length === 0) return;
		console.error(notice);
		await installDependencies(path, "production");
	});
}

/** Runs a program with the arguments of this process. This process ends when the program does, with its exit code. */
export function runLoadProgram(file: string): void {
	const program = spawn(process.execPath, [join(root, file), ...process.argv.slice(2)], { stdio: "inherit" });
	// A terminal sends SIGINT to both processes: this one waits until the program has cleaned up.
	process.on("SIGINT", () => {});
	process.on("SIGTERM", () => program.kill("SIGTERM"));
	program.on("close", (code) => {
		process.exitCode = code ?? 1;
	});
}
