import { randomBytes } from "node:crypto";
import { createMissingApp, findApp } from "../app.ts";
import { deployValkeyArgs } from "../commands.ts";
import { explain } from "../explain.ts";
import type { Flyctl } from "../flyctl.ts";
import { stageSecrets } from "../secrets.ts";
import { valkeyHost, valkeyName } from "./names.ts";

const PASSWORD_BYTES = 32;

/**
 * A Valkey of the app's own, and the app's REDIS_URL as the last step: as long as it is missing nobody knows the
 * password, and the next attempt can set a new one.
 */
export async function ensureValkey(flyctl: Flyctl, app: string, org: string, region: string): Promise<void> {
	const name = valkeyName(app);
	if ((await findApp(flyctl, name)) === undefined) await createMissingApp(flyctl, name, org);
	const password = randomBytes(PASSWORD_BYTES).toString("base64url");
	await stageSecrets(flyctl, name, { VALKEY_EXTRA_FLAGS: `--requirepass ${password}` });
	const args = deployValkeyArgs(name, region);
	const answer = await flyctl.show(args);
	if (answer.code !== 0) throw explain(answer, args, name);
	await stageSecrets(flyctl, app, { REDIS_URL: `redis://default:${password}@${valkeyHost(app)}` });
}
