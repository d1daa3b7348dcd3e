import { setTimeout as sleep } from "node:timers/promises";
import type { CleanUp } from "../clean-up.ts";
import type { Random } from "../random.ts";
import { duration, spread } from "../report.ts";
import { Findings } from "./findings.ts";

/** Both ends are included. */
export type Range = readonly [least: number, most: number];

type Deps = Pick<RowRun, "rounds" | "quick" | "random" | "cleanUp" | "folder"> & {
	onProgress?: (text: string) => void;
};

/** One run of a row: its random numbers, its resources, and what it finds and measures. */
export class RowRun {
	findings = new Findings();
	readonly rounds: number;
	/** Whether faults are shorter and loads smaller. */
	readonly quick: boolean;
	readonly random: Random;
	/** Chooses the times of faults, and the users or processes that they affect. */
	readonly moments: Random;
	readonly cleanUp: CleanUp;
	/** The row's own folder, removed at its end. */
	readonly folder: string;
	readonly #onProgress: ((text: string) => void) | undefined;
	readonly #figures = new Map<string, string | number[]>();
	#round = 0;

	constructor({ rounds, quick, random, cleanUp, folder, onProgress }: Deps) {
		this.rounds = rounds;
		this.quick = quick;
		this.random = random;
		this.moments = random.fork("moments");
		this.cleanUp = cleanUp;
		this.folder = folder;
		this.#onProgress = onProgress;
	}

	/** Counts the rounds from 1. Problems that are found during a round name it. */
	*eachRound(): Generator<number> {
		for (this.#round = 1; this.#round <= this.rounds; this.#round++) {
			this.progress();
			yield this.#round;
		}
		this.#round = 0;
	}

	progress(detail?: string): void {
		const round = this.#round > 0 && this.rounds > 1 ? `round ${this.#round} of ${this.rounds}` : undefined;
		this.#onProgress?.([round, detail].filter((part) => part !== undefined).join(": "));
	}

	/** Waits a random time, ms. */
	async pause([least, most]: Range): Promise<void> {
		await sleep(this.moments.between(least, most));
	}

	problem(sentence: string): void {
		this.findings.problem(this.#round > 0 ? `Round ${this.#round}: ${sentence}` : sentence);
	}

	/** Records a problem unless the condition holds. */
	expect(condition: boolean, problem: string): void {
		if (!condition) this.problem(problem);
	}

	/** Adds a figure, in words with units. */
	figure(name: string, value: string): void {
		this.#figures.set(name, value);
	}

	/** Returns an array of milliseconds whose median and maximum become a figure. */
	samples(name: string): number[] {
		const samples = this.#figures.get(name) ?? [];
		this.#figures.set(name, samples);
		return samples as number[];
	}

	/** Measures a wait, which resolves to whether it ended within the time. Records a problem if it did not. */
	async measure(name: string, withinMs: number, wait: (withinMs: number) => Promise<boolean>): Promise<void> {
		const startedAt = performance.now();
		const samples = this.samples(name);
		if (await wait(withinMs)) samples.push(performance.now() - startedAt);
		else this.problem(`${name}: it took more than ${duration(withinMs)}.`);
	}

	get figures(): Record<string, string> {
		return Object.fromEntries(
			[...this.#figures].map(([name, value]) => [name, typeof value === "string" ? value : spread(value)]),
		);
	}
}
