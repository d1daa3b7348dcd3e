import { Hono } from "hono";
import { AuditQuerySchema } from "../../protocol/schemas/moderation.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { dataResponse, refusalResponse } from "../responses.ts";

/** `/api/audit`: the audit log, newest first (rule A6). */
export function auditRoute(deps: AppDeps): Hono<Env> {
	return new Hono<Env>().get(acting(deps), async (c) => {
		const query = parse(AuditQuerySchema, c.req.query());
		if (!query.ok) return refusalResponse(c, query.error);
		return dataResponse(c, await deps.chat.moderators.audit(c.get("actor"), query.data));
	});
}
