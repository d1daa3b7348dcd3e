import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { importSecrets } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

/** Made once for each app; a value that is there already, yours included, stays. */
export const SECRET_NAMES = ["SESSION_SECRET", "ADMIN_TOKEN", "LOAD_TOKEN"] as const;
const SECRET_BYTES = 32;

const Secrets = v.array(v.object({ name: v.string() }));

/**
 * Gives the app the secrets that it lacks; answers which. The values go to flyctl's standard input, and nowhere else.
 * They are staged: the deployment that follows hands them to the machine.
 */
export async function ensureSecrets(flyctl: Flyctl, app: string): Promise<string[]> {
	const there = v.parse(Secrets, await flyctl.json(["secrets", "list", "-a", app])).map(({ name }) => name);
	const missing = SECRET_NAMES.filter((name) => !there.includes(name));
	if (missing.length === 0) return [];

	const values = missing.map(() => randomBytes(SECRET_BYTES).toString("base64url"));
	const lines = missing.map((name, index) => `${name}=${values[index]}\n`).join("");
	const args = importSecrets(app);
	const answer = await flyctl.ask(args, lines);
	if (answer.code !== 0) throw withoutValues(explain(answer, args, app), values);
	return missing;
}

/** flyctl quotes a line that it can't read. */
function withoutValues(stop: Stop, values: string[]): Stop {
	const message = values.reduce((text, value) => text.replaceAll(value, "(hidden)"), stop.message);
	return new Stop(stop.exitCode, message);
}
