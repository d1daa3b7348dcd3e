import { BadInput, readFlags, readList, readWhole, SWITCH, TEXT } from "../../kit/cli.ts";
import { PEERS } from "../peers/all.ts";
import { oursAgain } from "../peers/ours.ts";
import { shared } from "../peers/shared.ts";
import { WORKLOADS } from "../workloads/loads.ts";
import type { RunPlan } from "../workloads/workload.ts";

export const WORKLOAD_IDS = WORKLOADS.map(({ id }) => id);
export const PEER_IDS = PEERS.filter((peer) => peer !== oursAgain).map(({ id }) => id);
/** `shared` is measured only if it is named, because it needs PostgreSQL and Redis. */
const USUAL_PEERS = PEER_IDS.filter((id) => id !== shared.id);
const QUICK_WORKLOADS = ["W1", "W2", "W3"];
const ROUNDS = 5;
const MAX_ROUNDS = 100;

const PLAN: RunPlan = {
	warmUpMs: 2_500,
	measureMs: 4_000,
	drainMs: 10_000,
	settleMs: 3_000,
	quietMs: 20_000,
	attempts: 3,
};
const QUICK_PLAN: RunPlan = {
	warmUpMs: 1_000,
	measureMs: 2_000,
	drainMs: 2_000,
	settleMs: 1_000,
	quietMs: 0,
	attempts: 1,
};

export const HELP = `npm run bench -- [options]

Runs this chat and three other servers in turn under the same load, and reports the cost of a delivery on each.

  --only LIST    workloads, separated by commas: ${WORKLOAD_IDS.join(", ")}
  --peers LIST   servers, separated by commas: ${PEER_IDS.join(", ")}
  --rounds N     number of measurements of each server and workload (${ROUNDS})
  --quick        one short round of ${QUICK_WORKLOADS.join(", ")}: an impression within two minutes, not a measurement
  --publish      also write the table and the picture to load/bench, where the README shows them
  --help         this text

Workloads
${describe(WORKLOADS)}

Servers
${describe(PEERS.filter((peer) => peer !== oursAgain))}

"ours" commits every message to disk before the ack. It runs twice in each round: the difference shows how far apart equal
servers measure on this machine. "shared" is the same as one process of a cluster, only measured if --peers names it; the
benchmark starts PostgreSQL and Redis for it. The other servers have no reactions and edits: those workloads compare them
with this chat's own messages.

The server runs on the first core, the load on the second. Needs Linux, because CPU time is read from /proc. The whole
benchmark takes about 45 minutes; leave the machine idle meanwhile. Results: reports/bench-<time>.json, .md and .svg.
Exit code: 0, 1 if a row is void because a delivery was lost, duplicated or out of order, 2 for bad input.`;

function describe(items: readonly { id: string; title: string }[]): string {
	return items.map(({ id, title }) => `  ${id.padEnd(14)} ${title}`).join("\n");
}

export type BenchOptions = {
	workloads: readonly string[];
	peers: readonly string[];
	rounds: number;
	plan: RunPlan;
	quick: boolean;
	publish: boolean;
};

/** Reads the command line. Returns `"help"` for --help. Throws {@link BadInput}. */
export function readOptions(args: readonly string[]): BenchOptions | "help" {
	const flags = { help: SWITCH, quick: SWITCH, publish: SWITCH, only: TEXT, peers: TEXT, rounds: TEXT };
	const { help, only, peers, rounds, quick, publish } = readFlags("npm run bench", args, flags);
	if (help) return "help";
	if (quick && publish) throw new BadInput("--quick is not a measurement: use --publish without it.");
	return {
		workloads: only === undefined ? (quick ? QUICK_WORKLOADS : WORKLOAD_IDS) : readList("--only", only, WORKLOAD_IDS),
		peers: peers === undefined ? USUAL_PEERS : readList("--peers", peers, PEER_IDS),
		rounds: rounds === undefined ? (quick ? 1 : ROUNDS) : readWhole("--rounds", rounds, MAX_ROUNDS),
		plan: quick ? QUICK_PLAN : PLAN,
		quick,
		publish,
	};
}
