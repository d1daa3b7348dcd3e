import type { AppDeps } from "./deps.ts";
import type { FastPathRoutes } from "./fast-path-response.ts";
import { healthAnswers } from "./routes/health.ts";
import { pageAnswers } from "./routes/page.ts";

/**
 * Health and page: what somebody asks for who has just woken the server up. They do without fetch's classes, since Node
 * loads those when they are first touched, for as long as it needs for a whole small server.
 */
export function fastPathRoutes(deps: Parameters<typeof healthAnswers>[0] & Pick<AppDeps, "page">): FastPathRoutes {
	const health = healthAnswers(deps);
	const page = pageAnswers(deps);
	return (path, header) => health(path) ?? page(path, header);
}
