import { installLoadPackages, runLoadProgram } from "./run-load-program.ts";

await installLoadPackages(
	"load",
	"Installing the packages of the load harness, among them Artillery. The first time this takes a minute or two.",
);
runLoadProgram("load/load.ts");
