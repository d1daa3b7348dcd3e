import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Verdict } from "../../chaos/check/verdict.ts";
import { CleanUp } from "../../chaos/run/clean-up.ts";
import type { Progress } from "../../chaos/run/progress.ts";
import { Random } from "../../chaos/schedule/random.ts";
import { ATTACKS } from "../attacks/all.ts";
import type { Attack } from "../attacks/attack.ts";
import { figuresOf } from "../report/figures.ts";
import type { Result } from "../report/result.ts";
import type { Options } from "./options.ts";
import { besiege, type Times } from "./siege.ts";

const FULL: Times = { calmS: 4, attackS: 12, restS: 5 };
const QUICK: Times = { calmS: 1, attackS: 2, restS: 0.5 };

/** Runs the attacks one after the other, each on a server of its own. */
export async function runSuite(options: Options, progress: Progress): Promise<Result[]> {
	const results: Result[] = [];
	for (const attack of ATTACKS.filter(({ id }) => options.rows.includes(id))) {
		const result = await runRow(attack, options, progress);
		progress.done({ rounds: 1, ...result });
		results.push(result);
	}
	return results;
}

async function runRow(attack: Attack, { quick, seed, seconds }: Options, progress: Progress): Promise<Result> {
	const { id, title, expected } = attack;
	const head = { id, title, expected, bound: attack.growthMiB };
	progress.begin(title);
	const startedAt = performance.now();
	using cleanUp = new CleanUp();
	const folder = mkdtempSync(join(tmpdir(), "hubbub-attack-"));
	cleanUp.add(() => rmSync(folder, { recursive: true, force: true }));
	const random = new Random(`${seed}/${id}`);
	const stage = { rounds: 1, quick, random, cleanUp, folder, say: (doing: string) => progress.say(doing) };
	const times = quick ? QUICK : FULL;
	const attackS = Math.max(seconds ?? times.attackS, attack.leastSeconds ?? 0);
	try {
		const { verdict, ...measured } = await besiege(attack, stage, { ...times, attackS });
		const state = verdict.holds ? "held" : "broken";
		return { ...head, state, seconds: since(startedAt), verdict, measured, figures: figuresOf(measured) };
	} catch (error) {
		// An attack that can't be carried on has not been withstood.
		const verdict = new Verdict();
		verdict.complain(`The row broke off: ${error instanceof Error ? error.message : error}`);
		return { ...head, state: "broken", seconds: since(startedAt), verdict, measured: undefined, figures: {} };
	}
}

function since(startedAt: number): number {
	return (performance.now() - startedAt) / 1_000;
}
