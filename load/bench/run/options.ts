import { parseArgs } from "node:util";
import { BadInput } from "../../bad-input.ts";
import { listed } from "../../listed.ts";
import type { Pace } from "../workloads/workload.ts";

export const WORKLOAD_IDS = ["W1", "W2", "W3", "W4", "storm", "rates"] as const;
export const PEER_IDS = ["ours", "shared", "uwebsockets", "ws", "socket.io"] as const;
/** The others are measured where they are asked for: it needs PostgreSQL and Redis. */
const USUAL_PEERS = PEER_IDS.filter((id) => id !== "shared");
const QUICK_WORKLOADS = ["W1", "W2", "W3"] as const;
const ROUNDS = 5;
const MAX_ROUNDS = 100;

const PACE: Pace = {
	warmUpMs: 2_500,
	measureMs: 4_000,
	drainMs: 10_000,
	settleMs: 3_000,
	quietMs: 20_000,
	attempts: 3,
};
const QUICK_PACE: Pace = {
	warmUpMs: 1_000,
	measureMs: 2_000,
	drainMs: 2_000,
	settleMs: 1_000,
	quietMs: 0,
	attempts: 1,
};

export const HELP = `npm run bench -- [options]

Runs this chat and three others side by side, under the same load, and reports what one delivery costs each of them.

  --only LIST    workloads, with commas between: ${WORKLOAD_IDS.join(", ")}
  --peers LIST   servers, likewise: ${PEER_IDS.join(", ")}
  --rounds N     how often each is measured, in turn (${ROUNDS})
  --quick        one short round of ${QUICK_WORKLOADS.join(", ")}: a look within two minutes, not a measurement
  --publish      also put the table and the picture beside the benchmark, where the README shows them
  --help         this text

Workloads
  W1     one room of 1,000, 50 messages a second
  W2     20 rooms of 50, 20 messages a second in each
  W3     one room of 1,000, 1,000 messages a second
  W4     one room of 10,000, 70 messages a second
  storm  10,000 people join one room at once: CPU per join; then they stay: memory per connection
  rates  one room of 1,000 at rising rates: the picture

Servers
  ours         this chat: sessions, presence, every message committed to disk before its ack. It runs a second time
               as its own peer, which shows how far apart two equal servers measure on this machine
  shared       this chat as one of several processes, on PostgreSQL and Redis, which it starts by itself; only where
               --peers names it
  uwebsockets  uWebSockets, through Bun's publish
  ws           the ws package, one send for each member
  socket.io    the chat of Socket.IO's tutorial

The server runs on the first core, the load on the second. Linux only: CPU time is read from /proc. All of it takes about
three quarters of an hour; leave the machine alone meanwhile. Results: reports/bench-<time>.json and .md, the picture
beside them. Exit code: 0, 1 when a row is void because a delivery was lost, doubled or out of order, 2 for bad input.`;

export type Options = {
	workloads: readonly string[];
	peers: readonly string[];
	rounds: number;
	pace: Pace;
	quick: boolean;
	publish: boolean;
};

/** Reads the command line; `"help"` where that was asked for. Throws {@link BadInput} with a sentence. */
export function readOptions(args: readonly string[]): Options | "help" {
	const { help, only, peers, rounds, quick, publish } = parse(args);
	if (help) return "help";
	if (quick && publish) throw new BadInput("A quick look is not a measurement: use --publish without --quick.");
	return {
		workloads: listed("--only", only, WORKLOAD_IDS) ?? (quick ? QUICK_WORKLOADS : WORKLOAD_IDS),
		peers: listed("--peers", peers, PEER_IDS) ?? USUAL_PEERS,
		rounds: rounds === undefined ? (quick ? 1 : ROUNDS) : readRounds(rounds),
		pace: quick ? QUICK_PACE : PACE,
		quick,
		publish,
	};
}

function parse(args: readonly string[]) {
	try {
		const flag = { type: "boolean", default: false } as const;
		const text = { type: "string" } as const;
		const options = { help: flag, quick: flag, publish: flag, only: text, peers: text, rounds: text };
		return parseArgs({ args: [...args], options }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.(?: |$)/);
		throw new BadInput(`${sentence}: see npm run bench -- --help.`);
	}
}

function readRounds(text: string): number {
	const rounds = Number(text);
	if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
		throw new BadInput(`--rounds is a whole number from 1 to ${MAX_ROUNDS}, not "${text}".`);
	}
	return rounds;
}
