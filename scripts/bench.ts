import { installLoadPackages, runLoadProgram } from "./run-load-program.ts";

const INSTALL_FAILED_EXIT_CODE = 2;

try {
	if (!process.argv.includes("--help"))
		await installLoadPackages("load/bench", "Installing Socket.IO, ws, and uWebSockets with Bun (100 MB), once.");
	runLoadProgram("load/bench/bench.ts");
} catch (error) {
	console.error(`The servers to compare with could not be installed: ${(error as Error).message}`);
	process.exitCode = INSTALL_FAILED_EXIT_CODE;
}
