#!/usr/bin/env node
import { runCommand } from "../command.ts";
import { checkMachine } from "./run/preconditions.ts";
import { PROFILE_HELP, readProfileOptions } from "./run/profile-options.ts";

await runCommand(async () => {
	const options = readProfileOptions(process.argv.slice(2));
	if (options === "help") {
		console.log(PROFILE_HELP);
		return 0;
	}
	checkMachine();
	const { profile } = await import("./run/profile.ts");
	await profile(options);
	return 0;
});
