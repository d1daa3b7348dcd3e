import { ms, percent } from "../report/figures.ts";
import type { Result } from "../report/result.ts";

/** A Node server works on one core: from here on there is nothing left of it. */
const BUSY_CORE = 0.85;
const LATE_LOOP_MS = 100;

/** What gave way first at the size that broke, as far as the figures tell. */
export function bottleneck({ server, verdict }: Result): string {
	if (!verdict.valid) return "the generator, so the deployment may hold more";
	if (server === null) return "not to be told, for the server hides its metrics";
	if (server.cpuCoresMax >= BUSY_CORE) return `the server's CPU, with ${percent(server.cpuCoresMax)} of a core in use`;
	if (server.lagP99Ms !== null && server.lagP99Ms >= LATE_LOOP_MS) {
		return `the server's event loop, which was ${ms(server.lagP99Ms)} late`;
	}
	return `not the server's CPU (${percent(server.cpuCoresMax)} of a core): look at the network and the disk`;
}
