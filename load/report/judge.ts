import { count, ms } from "../kit/report.ts";
import { FANOUT_MEASURES } from "../measure/measures.ts";
import type { Result, Verdict } from "./result.ts";
import { perHour, sentPerSecond } from "./wording.ts";

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
function deliveryFaults({ accounting, states, turns }: Figures): string[] {
	const failures: string[] = [];
	const fault = (times: number, one: string, many = one) => {
		if (times > 0) failures.push(times === 1 ? `1 delivery ${one}.` : `${count(times)} deliveries ${many}.`);
	};
	fault(accounting.lost, "was lost", "were lost");
	fault(accounting.duplicated, "was duplicated", "were duplicated");
	fault(accounting.outOfOrder, "was out of order", "were out of order");
	fault(accounting.altered, "differed from what other members received");
	const { lost, altered } = accounting.files;
	if (lost > 0) failures.push(`${count(lost)} files were not found whose message nobody had removed.`);
	if (altered > 0) failures.push(`${count(altered)} downloaded files differed from what was uploaded.`);
	if (accounting.refused > 0) {
		failures.push(`${count(accounting.refused)} changes of messages were refused that nobody had removed.`);
	}
	if (states && states.differing > 0) {
		failures.push(`${count(states.differing)} messages differ from the history in what users computed.`);
	}
	if (turns.taken > 0 && accounting.acked === 0) failures.push("No message was acknowledged.");
	return failures;
}

function missedGoals({ arrivals, latency, load, errorPercent, states, turns }: Figures): string[] {
	const failures: string[] = [];
	for (const name of new Set(Object.values(FANOUT_MEASURES))) {
		const p99 = latency[name]?.p99;
		if (p99 === undefined || p99 <= load.p99) continue;
		const what = name === "fanout" ? "the fan-out" : `the fan-out of ${name}s`;
		failures.push(`The p99 of ${what} is ${ms(p99)}; the goal is ${ms(load.p99)}.`);
	}
	if (states && (states.unread > 0 || states.users === 0)) {
		failures.push(`The history could not be compared with what ${count(states.unread)} users computed.`);
	}
	if (errorPercent > load.errors) {
		failures.push(`${errorPercent.toFixed(2)} % of the requests failed; the goal is at most ${load.errors} %.`);
	}
	if (arrivals.joined < load.users) {
		failures.push(`Only ${count(arrivals.joined)} of ${count(load.users)} users joined.`);
	}
	if (turns.taken < MIN_TURNS_TAKEN * turns.planned) {
		const unsent = count(turns.planned - turns.taken);
		failures.push(
			`${unsent} scheduled ${load.mix ? "actions" : "messages"} were not sent, because the acks before them came too late.`,
		);
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
	const { load, latency, accounting } = result;
	const what = `${count(load.users)} users in ${count(load.rooms)} ${load.rooms === 1 ? "room" : "rooms"} at ${sentPerSecond(result)}`;
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
