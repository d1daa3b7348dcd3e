import { count, ms } from "../kit/report.ts";
import type { Result, Verdict } from "./result.ts";
import { perHour } from "./wording.ts";

type Figures = Omit<Result, "verdict">;

/** A busier thread has no capacity left for a second with more work than the others. */
const MAX_UTILIZATION = 0.92;
/** Highest lateness of the generator itself, as a share of the goal. */
const MAX_LATENESS = 0.25;
/** Lowest share of the scheduled messages that must be sent. */
const MIN_TURNS_TAKEN = 0.99;

/**
 * Compares the figures with the goal, and checks whether they are those of the deployment. A late generator makes figures
 * worse, never better: a goal that was met is met, and a lost message is lost.
 */
export function judge(result: Figures, drained: boolean): Verdict {
	const faults = deliveryFaults(result);
	const shortfalls = [
		...missedGoals(result),
		...risingTrends(result),
		...(drained ? [] : ["Not every outstanding delivery arrived in time."]),
	];
	const failures = [...faults, ...shortfalls];
	const doubts = generatorDoubts(result);
	const valid = doubts.length === 0 || shortfalls.length === 0 || faults.length > 0;
	return { passed: failures.length === 0, valid, failures, doubts, sentence: sentence(result, failures, valid) };
}

/** Faults that a slow generator cannot cause. */
function deliveryFaults({ accounting, turns }: Figures): string[] {
	const failures: string[] = [];
	const fault = (times: number, one: string, many = one) => {
		if (times > 0) failures.push(times === 1 ? `1 delivery ${one}.` : `${count(times)} deliveries ${many}.`);
	};
	fault(accounting.lost, "was lost", "were lost");
	fault(accounting.duplicated, "was duplicated", "were duplicated");
	fault(accounting.outOfOrder, "was out of order", "were out of order");
	fault(accounting.altered, "differed from what other members received");
	if (turns.taken > 0 && accounting.acked === 0) failures.push("No message was acknowledged.");
	return failures;
}

function missedGoals({ arrivals, latency, load, errorPercent, turns }: Figures): string[] {
	const failures: string[] = [];
	const fanout = latency.fanout?.p99;
	if (fanout !== undefined && fanout > load.p99) {
		failures.push(`The p99 of the fan-out is ${ms(fanout)}; the goal is ${ms(load.p99)}.`);
	}
	if (errorPercent > load.errors) {
		failures.push(`${errorPercent.toFixed(2)} % of the requests failed; the goal is at most ${load.errors} %.`);
	}
	if (arrivals.joined < load.users) {
		failures.push(`Only ${count(arrivals.joined)} of ${count(load.users)} users joined.`);
	}
	if (turns.taken < MIN_TURNS_TAKEN * turns.planned) {
		const unsent = count(turns.planned - turns.taken);
		failures.push(`${unsent} scheduled messages were not sent, because the acks before them came too late.`);
	}
	return failures;
}

const SUBJECTS = { memory: "memory of the server", p99: "p99 of the fan-out", "event loop": "lag of the event loop" };

function risingTrends({ trends }: Figures): string[] {
	const rising = trends?.filter(({ verdict }) => verdict === "rising") ?? [];
	return rising.map((trend) => `The ${SUBJECTS[trend.name]} rose: ${perHour(trend)}.`);
}

function generatorDoubts({ generator, load }: Figures): string[] {
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
	const rate = `${count(throughput.sentPerS)} messages per second`;
	const what = `${count(load.users)} users in ${count(load.rooms)} ${load.rooms === 1 ? "room" : "rooms"} at ${rate}`;
	if (!valid) {
		return (
			"This run is inconclusive, because the generator was the bottleneck: " +
			`${what}. Use a bigger machine, or fewer users.`
		);
	}
	if (failures.length > 0) return `This deployment did not hold ${what}: ${failures[0]}`;
	const p99 = latency.fanout ? `: 99 of 100 deliveries arrived within ${ms(latency.fanout.p99)}` : "";
	return `This deployment held ${what}${p99}, and of ${count(accounting.owed)} none was lost, duplicated or out of order.`;
}
