import { Hono } from "hono";
import { ReportListQuerySchema } from "../../protocol/schemas/moderation.ts";
import { ReportParams } from "../../protocol/schemas/report.ts";
import { parse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { dataResponse, emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/reports`: lists and closes the reports of messages (rule G2). */
export function reportRoutes(deps: AppDeps): Hono<Env> {
	const { reports } = deps.chat;
	return new Hono<Env>()
		.use(acting(deps))
		.get("/", async (c) => {
			const query = parse(ReportListQuerySchema, c.req.query());
			if (!query.ok) return refusalResponse(c, query.error);
			return dataResponse(c, await reports.list(c.get("actor"), query.data));
		})
		.delete("/:id", async (c) => {
			const params = parse(ReportParams, c.req.param());
			if (!params.ok) return refusalResponse(c, params.error);
			return emptyResponse(c, await reports.close(c.get("actor"), params.data.id));
		});
}
