import { constantLoads, rates } from "./loads.ts";
import { storm } from "./storm.ts";
import type { Workload } from "./workload.ts";

/** In the order in which they run. */
export const WORKLOADS: readonly Workload[] = [...constantLoads, storm, rates];
