import { Hono } from "hono";
import { CreatedCredentialSchema, PasskeyParams } from "../../protocol/schemas/passkeys.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { deviceOf } from "../device-name.ts";
import { codeRefusal, signedIn } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { relyingPartyOf } from "../relying-party.ts";
import { createdResponse, dataResponse, emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/passkeys`: the passkeys of the user, and the recovery codes (rules K1 to K5). */
export function passkeyRoutes(deps: AppDeps): Hono<Env> {
	const { passkeys, trust } = deps;
	return new Hono<Env>()
		.use(signedIn(deps))
		.get("/", async (c) => c.json(await passkeys.list(c.get("session").user.id)))
		.post("/options", async (c) => {
			const { user } = c.get("session");
			const refused = deps.limitPasskeys(user.id);
			if (refused) return refusalResponse(c, refused);
			return dataResponse(c, await passkeys.creationOptions(user, relyingPartyOf(c, trust)));
		})
		.post("/", async (c) => {
			const refused = codeRefusal(c, deps);
			if (refused) return refusalResponse(c, refused);
			const body = await jsonBody(c, CreatedCredentialSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const device = deviceOf(c);
			const session = { ...c.get("session"), device };
			return createdResponse(c, await passkeys.add(session, relyingPartyOf(c, trust), { ...body.data, device }));
		})
		.post("/recovery-codes", async (c) => {
			const { user } = c.get("session");
			const refused = deps.limitPasskeys(user.id);
			if (refused) return refusalResponse(c, refused);
			return createdResponse(c, await passkeys.renewCodes(user.id));
		})
		.delete("/:id", async (c) => {
			const params = parse(PasskeyParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			return emptyResponse(c, await passkeys.remove(c.get("session").user.id, params.data.id));
		});
}
