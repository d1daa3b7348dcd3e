import { count, ms } from "./figures.ts";
import type { Result, Verdict } from "./result.ts";

/** A thread that is busier than this has no room left for a second that is busier than the others. */
const MAX_UTILIZATION = 0.92;
/** Beyond this, what the generator adds is no longer small beside what people notice. */
const MAX_GENERATOR_LAG_MS = 100;
/** So much of the talk that was planned has to have been said. */
const MIN_TURNS_TAKEN = 0.99;

/** Holds the figures against the goal, and asks whether they may be believed at all. */
export function judge(result: Omit<Result, "verdict">, drained: boolean): Verdict {
	const failures = [...broken(result), ...(drained ? [] : ["Not everything that was under way came to its end."])];
	const doubts = doubtful(result);
	const valid = doubts.length === 0;
	const passed = failures.length === 0 && valid;
	return { passed, valid, failures, doubts, sentence: sentence(result, failures, doubts) };
}

function broken({ accounting, arrivals, latency, load, errorPercent, turns }: Omit<Result, "verdict">): string[] {
	const failures: string[] = [];
	const fault = (times: number, what: string) => times > 0 && failures.push(`${count(times)} deliveries ${what}.`);
	fault(accounting.lost, "were lost");
	fault(accounting.duplicated, "came twice");
	fault(accounting.outOfOrder, "came out of order");
	fault(accounting.altered, "differed from what others got");
	if (turns.planned > 0 && accounting.acked === 0) failures.push("Not one message was acknowledged.");
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

function doubtful({ generator }: Omit<Result, "verdict">): string[] {
	const doubts: string[] = [];
	if (generator.utilization > MAX_UTILIZATION) {
		doubts.push(`The generator was ${Math.round(100 * generator.utilization)} % busy.`);
	}
	if (generator.latenessP99Ms > MAX_GENERATOR_LAG_MS) {
		doubts.push(`The generator itself sent ${ms(generator.latenessP99Ms)} late (p99).`);
	}
	return doubts;
}

function sentence(result: Omit<Result, "verdict">, failures: string[], doubts: string[]): string {
	const { load, throughput, latency, accounting } = result;
	const loadInWords = `${count(load.users)} users in ${count(load.rooms)} rooms at ${count(throughput.sentPerS)} messages a second`;
	if (doubts.length > 0) {
		return `This run says nothing of the deployment, for the generator was the bottleneck: ${loadInWords}. Use a bigger machine, or fewer users.`;
	}
	if (failures.length > 0) return `This deployment did not hold ${loadInWords}: ${failures[0]}`;
	const p99 = latency.fanout ? `: 99 of 100 deliveries within ${ms(latency.fanout.p99)}` : "";
	return `This deployment held ${loadInWords}${p99}, and none of ${count(accounting.owed)} was lost, doubled or out of order.`;
}
