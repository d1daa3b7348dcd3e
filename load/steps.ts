import { pathToFileURL } from "node:url";
import { BadInput } from "./bad-input.ts";
import type { Profile, Step } from "./profile.ts";

/** Without these a scenario can't take part in a run: nobody would wait for it, or hold what it gets against the books. */
const NEEDED = ["openSession", "takeNotes", "waitForStart"];

/** Throws where a scenario names a step that its processor does not have, or leaves out one that every run needs. */
export async function checkSteps({ name, config, scenarios }: Profile): Promise<void> {
	const steps = await stepNames(String(config.processor));
	for (const { flow } of scenarios) {
		const named = flow.flatMap(functionsIn);
		const unknown = named.find((step) => !steps.includes(step));
		if (unknown !== undefined) {
			throw new BadInput(`${name}: there is no step "function: ${unknown}". There are ${steps.join(", ")}.`);
		}
		const loop = flow.find((step) => step.loop?.some(isTurn));
		if (loop !== undefined && loop.over !== "turns") {
			throw new BadInput(
				`${name}: the loop with "function: waitForTurn" goes "over: ${loop.over}"; make that "over: turns".`,
			);
		}
		const left = NEEDED.find((step) => !named.includes(step));
		if (left !== undefined) {
			throw new BadInput(`${name}: every scenario needs the step "function: ${left}"; load/README.md shows where.`);
		}
	}
}

function isTurn(step: Step): boolean {
	return step.function === "waitForTurn";
}

function functionsIn(step: Step): string[] {
	return [...(step.function === undefined ? [] : [step.function]), ...(step.loop ?? []).flatMap(functionsIn)];
}

async function stepNames(processor: string): Promise<string[]> {
	try {
		return Object.keys(await import(pathToFileURL(processor).href));
	} catch (error) {
		throw new BadInput(`The processor ${processor} can't be loaded: ${(error as Error).message}`);
	}
}
