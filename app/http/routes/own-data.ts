import { Hono } from "hono";
import { RemovalSchema } from "../../protocol/schemas/people.ts";
import type { Clock } from "../../room/ports/clock.ts";
import type { AppDeps, Env, RequestContext } from "../deps.ts";
import { signedIn, visitorOf } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { refusalResponse } from "../responses.ts";
import { deleteSessionCookie } from "../session-cookie.ts";

/** A client that reads nothing for this long has left. */
const UNREAD_MS = 60_000;
const HEADERS = {
	"Content-Type": "application/jsonl; charset=utf-8",
	"Content-Disposition": 'attachment; filename="my-data.jsonl"',
};

/** `/api/data`: what the chat has of the user, to download and to remove (rules K9, K10). */
export function ownDataRoutes(deps: AppDeps): Hono<Env> {
	const { ownData, clock } = deps;
	const limited = (c: RequestContext) => deps.limitPasskeys(c.get("session").user.id);
	return new Hono<Env>()
		.use(signedIn(deps))
		.get("/", (c) => {
			if (c.req.method === "HEAD") return c.body(null, 200, HEADERS);
			const refused = limited(c);
			if (refused) return refusalResponse(c, refused);
			const pages = ownData.download(c.get("session").user, () => visitorOf(c, deps).ok);
			return pages.ok ? c.body(linesOf(pages.data, clock), 200, HEADERS) : refusalResponse(c, pages.error);
		})
		.delete("/", async (c) => {
			const body = await jsonBody(c, RemovalSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const refused = limited(c);
			if (refused) return refusalResponse(c, refused);
			const session = c.get("session");
			const removed = await ownData.remove(session.user, body.data.messages);
			if (!removed.ok) return refusalResponse(c, removed.error);
			if (removed.data.more) return c.json(removed.data);
			await deps.sessions.revoke(session);
			deps.endSession(session);
			deleteSessionCookie(c, deps);
			return c.body(null, 204);
		});
}

/** Returns a stream of JSON lines, which reads a page when the client has read the one before. */
function linesOf(pages: AsyncGenerator<object[]>, clock: Pick<Clock, "after">): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let stopWaiting: (() => void) | undefined;
	return new ReadableStream({
		async pull(controller) {
			stopWaiting?.();
			const { done, value } = await pages.next();
			if (done) {
				controller.close();
				return;
			}
			controller.enqueue(encoder.encode(value.map((line) => `${JSON.stringify(line)}\n`).join("")));
			stopWaiting = clock.after(UNREAD_MS, () => {
				controller.error(new Error("The client reads nothing."));
				void pages.return(undefined);
			});
		},
		async cancel() {
			stopWaiting?.();
			await pages.return(undefined);
		},
	});
}
