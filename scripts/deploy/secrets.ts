import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { headersOf } from "../../app/request-trust/headers.ts";
import { ownHostCheck } from "../../app/request-trust/host.ts";
import type { DeployOptions } from "./arguments.ts";
import { importSecretsArgs } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

/** Created once per app. Existing values are kept. */
export const SECRET_NAMES = ["SESSION_SECRET", "ADMIN_TOKEN", "LOAD_TOKEN"] as const;
const SECRET_BYTES = 32;

const SecretList = v.array(v.object({ name: v.string() }));

export async function secretNames(flyctl: Flyctl, app: string): Promise<string[]> {
	return v.parse(SecretList, await flyctl.json(["secrets", "list", "-a", app])).map(({ name }) => name);
}

type Secrets = Partial<Record<(typeof SECRET_NAMES)[number], string>>;

/** Returns the `PUBLIC_ORIGIN` of an app with an address of its own, to which the server does not answer without it. */
export function publicOriginOf({ app, url }: Pick<DeployOptions, "app" | "url">): { PUBLIC_ORIGIN?: string } {
	const isKnown = ownHostCheck({ publicOrigins: [], flyApp: app })(headersOf({ host: new URL(url).host }));
	return isKnown ? {} : { PUBLIC_ORIGIN: `${url},https://${app}.fly.dev` };
}

/** Creates the secrets that are not among `existing`, and returns them. */
export async function ensureSecrets(flyctl: Flyctl, options: DeployOptions, existing: string[]): Promise<Secrets> {
	const { app } = options;
	const random = SECRET_NAMES.map((name) => [name, randomBytes(SECRET_BYTES).toString("base64url")] as const);
	const wanted = [...random, ...Object.entries(publicOriginOf(options))];
	const made: Record<string, string> = Object.fromEntries(wanted.filter(([name]) => !existing.includes(name)));
	if (Object.keys(made).length === 0) return {};
	await stageSecrets(flyctl, app, made);
	return made;
}

/** Sets secrets at the next deployment. The values are written to the standard input of flyctl only. */
export async function stageSecrets(flyctl: Flyctl, app: string, secrets: Record<string, string>): Promise<void> {
	const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
	const args = importSecretsArgs(app);
	const result = await flyctl.ask(args, lines.join(""));
	if (result.code !== 0) throw withoutValues(explain(result, args, app), Object.values(secrets));
}

/** Hides values in the error: flyctl quotes a line that it cannot parse. */
function withoutValues(stop: Stop, values: string[]): Stop {
	const message = values.reduce((text, value) => text.replaceAll(value, "(hidden)"), stop.message);
	return new Stop(stop.exitCode, message);
}
