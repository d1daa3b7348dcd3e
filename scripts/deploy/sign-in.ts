import { explain, LOGIN } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

/** Whose login flyctl uses; refuses when there is none. */
export async function signIn(flyctl: Flyctl): Promise<string> {
	const version = await flyctl.ask(["version"]);
	if (version.code !== 0) throw explain(version, ["version"], "");
	const args = ["auth", "whoami"];
	const answer = await flyctl.ask(args);
	if (answer.code !== 0) throw explain(answer, args, "");
	const who = answer.stdout.trim();
	if (who === "") throw new Stop(2, "You are not logged in to Fly.io.", LOGIN);
	return `${who}, with ${version.stdout.trim().split("\n")[0]}`;
}
