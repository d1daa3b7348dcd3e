import { Hono } from "hono";
import { NoticeSchema } from "../../protocol/schemas/moderation.ts";
import { refusal } from "../answers.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { jsonBody } from "../json-body.ts";

/** `/api/notice`: the operator's word to everyone who is connected. */
export function noticeRoute({ chat, trust }: Pick<AppDeps, "chat" | "trust">): Hono<Env> {
	return new Hono<Env>().post(adminOnly(trust), async (c) => {
		const body = await jsonBody(c, NoticeSchema);
		if (!body.ok) return refusal(c, body.error);
		const { text, ...account } = body.data;
		await chat.notice(text, account);
		return c.body(null, 204);
	});
}
