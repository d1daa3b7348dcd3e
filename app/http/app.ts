/** The HTTP routes, without sockets. Uses web standards only: any runtime with `fetch` can run it. */
import { Hono } from "hono";
import { FileStorageUnavailable } from "../room/ports/file-storage.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { fileStorageUnavailable, refuse, storeUnavailable } from "../room/refusals.ts";
import type { AppDeps, Env, RequestContext } from "./deps.ts";
import type { FastPathRoutes } from "./fast-path-response.ts";
import { fastPathRoutes } from "./fast-path-routes.ts";
import { noStrangers, ownHost, ownOrigin } from "./guards.ts";
import { isSecure } from "./own-url.ts";
import { refusalResponse } from "./responses.ts";
import { auditRoute } from "./routes/audit.ts";
import { banRoutes } from "./routes/bans.ts";
import { claimRoutes } from "./routes/claim.ts";
import { closedRoomRoutes } from "./routes/closed-rooms.ts";
import { fileRoutes } from "./routes/files.ts";
import { capacityRoute, headroomRoute } from "./routes/headroom.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { kickRoute } from "./routes/kicks.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { noticeRoute } from "./routes/notice.ts";
import { ownDataRoutes } from "./routes/own-data.ts";
import { ownSessionRoutes } from "./routes/own-sessions.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { accessRoute, peopleRoutes } from "./routes/people.ts";
import { reportRoutes } from "./routes/reports.ts";
import { roomRoutes } from "./routes/rooms.ts";
import { sessionRoutes } from "./routes/session.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { securityHeaders } from "./security-headers.ts";

/** Returns the app. Its `fetch` takes a request and the value that {@link AppDeps.remoteAddress} reads. */
export function createApp(deps: AppDeps, fastPath: FastPathRoutes = fastPathRoutes(deps)): Hono<Env> {
	const app = new Hono<Env>();
	app.use(async (c, next) => {
		await next();
		const headers = securityHeaders(isSecure(c, deps.trust.trustProxy));
		// The policy of a file is stricter than that of the page.
		for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.header(name, value);
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
	app.use(ownHost(deps.trust));
	app.use("/api/*", ownOrigin(deps.trust));
	app.use("/api/*", noStrangers(deps));
	app.use("/metrics", noStrangers(deps));

	app.route("/api/session", sessionRoutes(deps));
	app.route("/api/session", signInRoutes(deps));
	app.route("/api/sessions", ownSessionRoutes(deps));
	app.route("/api/passkeys", passkeyRoutes(deps));
	app.route("/api/data", ownDataRoutes(deps));
	app.route("/api/claim", claimRoutes(deps));
	app.route("/api/invitations", invitationRoutes(deps));
	app.route("/api/people", peopleRoutes(deps));
	app.route("/api/access", accessRoute(deps));
	app.route("/api/rooms", roomRoutes(deps));
	app.route("/api/files", fileRoutes(deps));
	app.route("/api/closed-rooms", closedRoomRoutes(deps));
	app.route("/api/kicks", kickRoute(deps));
	app.route("/api/bans", banRoutes(deps));
	app.route("/api/audit", auditRoute(deps));
	app.route("/api/headroom", headroomRoute(deps));
	app.route("/api/capacity", capacityRoute(deps));
	app.route("/api/reports", reportRoutes(deps));
	app.route("/api/notice", noticeRoute(deps));
	app.route("/", metricsRoute(deps));
	app.get("/*", async (c, next) => {
		const response = await fastPath(c.req.path, (name) => c.req.header(name));
		return response ? c.newResponse(response.body, response.status, response.headers) : next();
	});

	app.notFound(notFound);
	app.onError((error, c) => {
		if (error instanceof FileStorageUnavailable) return refusalResponse(c, fileStorageUnavailable().error);
		deps.onError(error, `${c.req.method} ${c.req.routePath}`);
		if (error instanceof StoreUnavailable) return refusalResponse(c, storeUnavailable(error).error);
		return refusalResponse(c, refuse("internal", "Something went wrong on our side. Try again in a moment.").error);
	});
	return app;
}

function notFound(c: RequestContext): Response {
	if (c.req.path.startsWith("/api/"))
		return refusalResponse(c, refuse("not_found", "There is no such route. PROTOCOL.md lists them.").error);
	return c.html(NOT_FOUND_PAGE, 404);
}

const NOT_FOUND_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page not found</title>
<h1>Page not found</h1>
<p><a href="/">Open the chat</a>, or check the link.</p>
</html>
`;
