import { Hono } from "hono";
import { AuditQuerySchema } from "../../protocol/schemas/moderation.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { refusalResponse } from "../responses.ts";

/** `/api/audit`: the audit log of admin actions, newest first. */
export function auditRoute({ chat, trust }: Pick<AppDeps, "chat" | "trust">): Hono<Env> {
	return new Hono<Env>().get(adminOnly(trust), async (c) => {
		const query = parse(AuditQuerySchema, c.req.query());
		if (!query.ok) return refusalResponse(c, query.error);
		return c.json(await chat.moderation.audit(query.data));
	});
}
