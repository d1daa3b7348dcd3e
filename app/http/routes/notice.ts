import { Hono } from "hono";
import { NoticeSchema } from "../../protocol/schemas/moderation.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { refusalResponse } from "../responses.ts";

/** `/api/notice`: sends a notice to every connected client. */
export function noticeRoute({ chat, trust }: Pick<AppDeps, "chat" | "trust">): Hono<Env> {
	return new Hono<Env>().post(adminOnly(trust), async (c) => {
		const body = await jsonBody(c, NoticeSchema);
		if (!body.ok) return refusalResponse(c, body.error);
		const { text, ...note } = body.data;
		await chat.notice(text, note);
		return c.body(null, 204);
	});
}
