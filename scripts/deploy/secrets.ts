import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { importSecretsArgs } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

/** Made once for each app; a value that is there already, yours included, stays. */
export const SECRET_NAMES = ["SESSION_SECRET", "ADMIN_TOKEN", "LOAD_TOKEN"] as const;
const SECRET_BYTES = 32;

const Secrets = v.array(v.object({ name: v.string() }));

export async function secretNames(flyctl: Flyctl, app: string): Promise<string[]> {
	return v.parse(Secrets, await flyctl.json(["secrets", "list", "-a", app])).map(({ name }) => name);
}

/** Gives the app those of its own secrets that are not among `there`; answers which. */
export async function ensureSecrets(flyctl: Flyctl, app: string, there: string[]): Promise<string[]> {
	const missing = SECRET_NAMES.filter((name) => !there.includes(name));
	if (missing.length === 0) return [];
	const made = missing.map((name) => [name, randomBytes(SECRET_BYTES).toString("base64url")]);
	await stageSecrets(flyctl, app, Object.fromEntries(made));
	return missing;
}

/**
 * The values go to flyctl's standard input, and nowhere else. They are staged: the deployment that follows hands them
 * to the machines.
 */
export async function stageSecrets(flyctl: Flyctl, app: string, secrets: Record<string, string>): Promise<void> {
	const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
	const args = importSecretsArgs(app);
	const answer = await flyctl.ask(args, lines.join(""));
	if (answer.code !== 0) throw withoutValues(explain(answer, args, app), Object.values(secrets));
}

/** flyctl quotes a line that it can't read. */
function withoutValues(stop: Stop, values: string[]): Stop {
	const message = values.reduce((text, value) => text.replaceAll(value, "(hidden)"), stop.message);
	return new Stop(stop.exitCode, message);
}
