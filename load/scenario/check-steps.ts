import { pathToFileURL } from "node:url";
import { BadInput } from "../kit/cli.ts";
import type { Profile, Step } from "./profile.ts";

/** Without these steps the run would not wait for the user, or would not count what the user receives. */
const REQUIRED = ["openSession", "takeNotes", "waitForStart"];

/** Throws if a scenario names a step that its processor does not export, or leaves out a required one. */
export async function checkSteps({ name, load, config, scenarios }: Profile): Promise<void> {
	const steps = await stepNames(String(config.processor));
	for (const { flow } of scenarios) {
		const named = flow.flatMap(functionsIn);
		const unknown = named.find((step) => !steps.includes(step));
		if (unknown !== undefined) {
			throw new BadInput(`${name}: there is no step "function: ${unknown}". There are ${steps.join(", ")}.`);
		}
		const loop = flow.find((step) => step.loop?.some((inner) => inner.function === "waitForTurn"));
		if (loop !== undefined && loop.over !== "turns") {
			throw new BadInput(
				`${name}: the loop with "function: waitForTurn" has "over: ${loop.over}"; make that "over: turns".`,
			);
		}
		if (named.includes("act") && !load.mix) {
			throw new BadInput(`${name}: the step "function: act" needs a "mix" under "config.load"; see load/README.md.`);
		}
		const missing = REQUIRED.find((step) => !named.includes(step));
		if (missing !== undefined) {
			throw new BadInput(`${name}: every scenario needs the step "function: ${missing}"; see load/README.md.`);
		}
	}
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
