import { randomBytes } from "node:crypto";
import { createMissingApp, findApp } from "../app.ts";
import { deployValkeyArgs, valkeyName } from "../commands.ts";
import { explain } from "../explain.ts";
import type { Flyctl } from "../flyctl.ts";
import { stageSecrets } from "../secrets.ts";

const PASSWORD_BYTES = 32;

/** Creates the app's Valkey, and sets REDIS_URL last: an interrupted attempt is repeated with a new password. */
export async function ensureValkey(flyctl: Flyctl, app: string, org: string, region: string): Promise<void> {
	const name = valkeyName(app);
	if ((await findApp(flyctl, name)) === undefined) await createMissingApp(flyctl, name, org);
	const password = randomBytes(PASSWORD_BYTES).toString("base64url");
	await stageSecrets(flyctl, name, { VALKEY_EXTRA_FLAGS: `--requirepass ${password}` });
	const args = deployValkeyArgs(name, region);
	const answer = await flyctl.show(args);
	if (answer.code !== 0) throw explain(answer, args, name);
	await stageSecrets(flyctl, app, { REDIS_URL: `redis://default:${password}@${valkeyName(app)}.internal:6379` });
}
