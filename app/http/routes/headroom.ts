import { Hono } from "hono";
import type { Headroom } from "../../protocol/headroom.ts";
import { CapacitySchema } from "../../protocol/schemas/headroom.ts";
import { hasAdminToken, hasLoadToken } from "../../request-trust/tokens.ts";
import { accept } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting, wrongAdminToken } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { dataResponse, refusalResponse } from "../responses.ts";

/** `/api/headroom`: the load of this process beside the measured capacity, for owners (rule H1). */
export function headroomRoute(deps: AppDeps): Hono<Env> {
	return new Hono<Env>().get(acting(deps), async (c) => {
		const capacity = await deps.chat.capacity.read(c.get("actor"));
		if (!capacity.ok) return refusalResponse(c, capacity.error);
		const { now, day } = deps.load();
		return dataResponse(c, accept({ now, day, ...capacity.data } satisfies Headroom));
	});
}

/** `/api/capacity`: the load harness stores what it found (rule H1). */
export function capacityRoute(deps: AppDeps): Hono<Env> {
	const { trust, chat } = deps;
	return new Hono<Env>().put(async (c) => {
		const header = (name: string) => c.req.header(name);
		if (trust.adminToken === undefined && trust.loadToken === undefined) return c.notFound();
		if (!hasAdminToken(header, trust.adminToken) && !hasLoadToken(header, trust.loadToken))
			return refusalResponse(c, wrongAdminToken().error);
		const body = await jsonBody(c, CapacitySchema);
		if (!body.ok) return refusalResponse(c, body.error);
		await chat.capacity.store(body.data);
		return c.body(null, 204);
	});
}
