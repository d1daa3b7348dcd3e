/** Everything that the server answers over HTTP, sockets aside. Web standards only: any runtime with `fetch` can run it. */
import { Hono } from "hono";
import { isHttps } from "../request-trust/scheme.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { refuse, storeUnavailable } from "../room/refusals.ts";
import { refusal } from "./answers.ts";
import type { AppDeps, Env, RequestContext } from "./deps.ts";
import type { FastPathRoutes } from "./fast-path-response.ts";
import { fastPathRoutes } from "./fast-path-routes.ts";
import { ownOrigin } from "./guards.ts";
import { auditRoute } from "./routes/audit.ts";
import { banRoutes, kickRoute } from "./routes/bans.ts";
import { closedRoomRoutes } from "./routes/closed-rooms.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { noticeRoute } from "./routes/notice.ts";
import { roomRoutes } from "./routes/rooms.ts";
import { sessionRoutes } from "./routes/session.ts";
import { securityHeaders } from "./security-headers.ts";

/** Call its `fetch` with a request and whatever {@link AppDeps.remoteAddress} is to look at. */
export function createApp(deps: AppDeps, plain: FastPathRoutes = fastPathRoutes(deps)): Hono<Env> {
	const app = new Hono<Env>();
	app.use(async (c, next) => {
		await next();
		const isOwn = new URL(c.req.url).protocol === "https:";
		const headers = securityHeaders(isHttps(isOwn, (name) => c.req.header(name), deps.trust.trustProxy));
		for (const [name, value] of Object.entries(headers)) c.header(name, value);
	});
	app.use(async (c, next) => {
		await next();
		const code = c.get("refused");
		if (code) deps.metrics.refused(code);
	});
	app.use("/api/*", async (c, next) => {
		c.header("Cache-Control", "no-store");
		await next();
	});
	app.use("/api/*", ownOrigin(deps.trust));

	app.route("/api/session", sessionRoutes(deps));
	app.route("/api/rooms", roomRoutes(deps));
	app.route("/api/closed-rooms", closedRoomRoutes(deps));
	app.route("/api/kicks", kickRoute(deps));
	app.route("/api/bans", banRoutes(deps));
	app.route("/api/audit", auditRoute(deps));
	app.route("/api/notice", noticeRoute(deps));
	app.route("/", metricsRoute(deps));
	app.get("/*", async (c, next) => {
		const answer = await plain(c.req.path, (name) => c.req.header(name));
		return answer ? c.newResponse(answer.body, answer.status, answer.headers) : next();
	});

	app.notFound(nothingHere);
	app.onError((error, c) => {
		if (error instanceof StoreUnavailable) return refusal(c, storeUnavailable().error);
		deps.onError(error, `${c.req.method} ${c.req.routePath}`);
		return refusal(c, refuse("internal", "Something went wrong on our side; try again in a moment.").error);
	});
	return app;
}

function nothingHere(c: RequestContext): Response {
	if (c.req.path.startsWith("/api/"))
		return refusal(c, refuse("not_found", "There is no such route; PROTOCOL.md lists them.").error);
	return c.html(NOT_FOUND_PAGE, 404);
}

const NOT_FOUND_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Nothing here</title>
<h1>There is nothing here</h1>
<p><a href="/">Go to the chat</a>, or check the link that brought you.</p>
</html>
`;
