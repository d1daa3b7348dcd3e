import { Hono } from "hono";
import { ListQuerySchema } from "../../protocol/schemas/moderation.ts";
import { AccessSchema, PersonParams, RoleSchema } from "../../protocol/schemas/people.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { dataResponse, emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/people`: the people and their roles (rules O2, O3). */
export function peopleRoutes(deps: AppDeps): Hono<Env> {
	const { roles } = deps.chat;
	return new Hono<Env>()
		.use(acting(deps))
		.get("/", (c) => {
			const query = parse(ListQuerySchema, c.req.query());
			return query.ok ? dataResponse(c, roles.list(c.get("actor"), query.data)) : refusalResponse(c, query.error);
		})
		.put("/:user", async (c) => {
			const params = parse(PersonParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			const body = await jsonBody(c, RoleSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			return dataResponse(c, await roles.set(c.get("actor"), { ...params.data, ...body.data }));
		})
		.delete("/:user", async (c) => {
			const params = parse(PersonParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			return emptyResponse(c, await roles.remove(c.get("actor"), params.data.user));
		});
}

/** `/api/access`: who may come in (rule O4). */
export function accessRoute(deps: AppDeps): Hono<Env> {
	return new Hono<Env>().put(acting(deps), async (c) => {
		const body = await jsonBody(c, AccessSchema);
		if (!body.ok) return refusalResponse(c, body.error);
		return dataResponse(c, await deps.chat.roles.setAccess(c.get("actor"), body.data.access));
	});
}
