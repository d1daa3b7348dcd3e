import { count, ms } from "./figures.ts";
import type { Result, Verdict } from "./result.ts";
import { perHour } from "./trend-words.ts";

type Figures = Omit<Result, "verdict">;

/** A thread that is busier than this has no room left for a second that is busier than the others. */
const MAX_UTILIZATION = 0.92;
/** The generator's own lateness may be this share of the goal. */
const MAX_LATENESS = 0.25;
/** So much of the talk that was planned has to have been said. */
const MIN_TURNS_TAKEN = 0.99;

/**
 * Holds the figures against the goal, and asks whether they may be believed. A generator that is late makes figures
 * worse, never better: where the goal was met all the same, it was met; and a lost message is lost.
 */
export function judge(result: Figures, drained: boolean): Verdict {
	const faults = faulty(result);
	const shortfalls = [
		...short(result),
		...creeping(result),
		...(drained ? [] : ["Not everything that was under way came to its end."]),
	];
	const failures = [...faults, ...shortfalls];
	const doubts = doubtful(result);
	const valid = doubts.length === 0 || shortfalls.length === 0 || faults.length > 0;
	return { passed: failures.length === 0, valid, failures, doubts, sentence: sentence(result, failures, valid) };
}

/** What no generator can be blamed for. */
function faulty({ accounting, turns }: Figures): string[] {
	const failures: string[] = [];
	const fault = (times: number, what: string) => {
		if (times > 0) failures.push(`${count(times)} ${times === 1 ? "delivery" : "deliveries"} ${what}.`);
	};
	fault(accounting.lost, "never came");
	fault(accounting.duplicated, "came twice");
	fault(accounting.outOfOrder, "came out of order");
	fault(accounting.altered, "differed from what others got");
	if (turns.taken > 0 && accounting.acked === 0) failures.push("Not one message was acknowledged.");
	return failures;
}

function short({ arrivals, latency, load, errorPercent, turns }: Figures): string[] {
	const failures: string[] = [];
	const fanout = latency.fanout?.p99;
	if (fanout !== undefined && fanout > load.p99) {
		failures.push(`The p99 of the fan-out is ${ms(fanout)}; the goal is ${ms(load.p99)}.`);
	}
	if (errorPercent > load.errors) {
		failures.push(`${errorPercent.toFixed(2)} % of the requests failed; the goal is at most ${load.errors} %.`);
	}
	if (arrivals.joined < load.users) {
		failures.push(`Only ${count(arrivals.joined)} of ${count(load.users)} people got in.`);
	}
	if (turns.taken < MIN_TURNS_TAKEN * turns.planned) {
		failures.push(
			`${count(turns.planned - turns.taken)} messages could not be sent: the acks before them came too late.`,
		);
	}
	return failures;
}

function creeping({ trends }: Figures): string[] {
	const rising = trends?.filter(({ verdict }) => verdict === "rising") ?? [];
	return rising.map((trend) => `The ${WHAT_MOVES[trend.name]} rose: ${perHour(trend)}.`);
}

const WHAT_MOVES = { memory: "server's memory", p99: "p99 of the fan-out", "event loop": "event loop's lateness" };

function doubtful({ generator, load }: Figures): string[] {
	const doubts: string[] = [];
	if (generator.utilization > MAX_UTILIZATION) {
		doubts.push(`The generator was ${Math.round(100 * generator.utilization)} % busy.`);
	}
	if (generator.latenessP99Ms > MAX_LATENESS * load.p99) {
		doubts.push(`The generator itself sent ${ms(generator.latenessP99Ms)} late (p99).`);
	}
	return doubts;
}

function sentence(result: Figures, failures: string[], valid: boolean): string {
	const { load, throughput, latency, accounting } = result;
	const rate = `${count(throughput.sentPerS)} messages a second`;
	const what = `${count(load.users)} users in ${count(load.rooms)} ${load.rooms === 1 ? "room" : "rooms"} at ${rate}`;
	if (!valid) {
		return (
			"This run says nothing of the deployment, for the generator was the bottleneck: " +
			`${what}. Use a bigger machine, or fewer users.`
		);
	}
	if (failures.length > 0) return `This deployment did not hold ${what}: ${failures[0]}`;
	const p99 = latency.fanout ? `: 99 of 100 deliveries came within ${ms(latency.fanout.p99)}` : "";
	return `This deployment held ${what}${p99}, and of ${count(accounting.owed)} none was lost, doubled or out of order.`;
}
