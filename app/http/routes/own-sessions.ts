import { Hono } from "hono";
import { SessionParams } from "../../protocol/schemas/passkeys.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { deviceOf } from "../device-name.ts";
import { signedIn } from "../guards.ts";
import { emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/sessions`: the sessions of the user (rule K7). */
export function ownSessionRoutes(deps: AppDeps): Hono<Env> {
	const { ownSessions } = deps;
	return new Hono<Env>()
		.use(signedIn(deps))
		.get("/", async (c) => c.json(await ownSessions.list({ ...c.get("session"), device: deviceOf(c) })))
		.delete("/", async (c) => {
			await ownSessions.endOthers(c.get("session"));
			return c.body(null, 204);
		})
		.delete("/:id", async (c) => {
			const params = parse(SessionParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			return emptyResponse(c, await ownSessions.end(c.get("session"), params.data.id));
		});
}
