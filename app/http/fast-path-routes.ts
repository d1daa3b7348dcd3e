import { ownHostCheck } from "../request-trust/host.ts";
import type { AppDeps } from "./deps.ts";
import type { FastPathRoutes } from "./fast-path-response.ts";
import { healthRoutes } from "./routes/health.ts";
import { pageRoutes } from "./routes/page.ts";

/**
 * Health and page: the first requests after a start. They use neither Hono nor the classes of `fetch`, whose loading takes a
 * fifth of the time from the start of the process to the first page.
 */
export function fastPathRoutes(
	deps: Parameters<typeof healthRoutes>[0] & Pick<AppDeps, "page" | "trust">,
): FastPathRoutes {
	const health = healthRoutes(deps);
	const page = pageRoutes(deps);
	const isOwnHost = ownHostCheck(deps.trust);
	return (path, header) => health(path) ?? (isOwnHost(header) ? page(path, header) : undefined);
}
