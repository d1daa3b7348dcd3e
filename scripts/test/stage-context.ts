import { AsyncLocalStorage } from "node:async_hooks";
import type { Failure } from "./second-attempt.ts";

/** The running stage: stages run side by side, and each prints its output as a whole. */
type StageContext = {
	/** The place of the stage in the run: programs of earlier stages start first. */
	order: number;
	print(text: string): void;
	/** Takes each failed test that can be run again. */
	failures?: Failure[];
};

const contexts = new AsyncLocalStorage<StageContext>();

/** Runs a stage with all its programs. */
export function inStage<T>(context: StageContext, run: () => Promise<T>): Promise<T> {
	return contexts.run(context, run);
}

/** Prints lines for the running stage; outside a stage, on standard output. */
export function print(text: string): void {
	const context = contexts.getStore();
	if (context) context.print(text);
	else console.log(text);
}

/** Notes a failed test or row. What fails without a note is not run again: a crash, a deadline, a check. */
export function noteFailure(failure: Failure): void {
	contexts.getStore()?.failures?.push(failure);
}

export function stageOrder(): number {
	return contexts.getStore()?.order ?? 0;
}
