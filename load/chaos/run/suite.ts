import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Verdict } from "../check/verdict.ts";
import type { Result } from "../report/result.ts";
import { ROWS } from "../rows/all.ts";
import type { Outcome, Row } from "../rows/row.ts";
import { Random } from "../schedule/random.ts";
import { CleanUp } from "./clean-up.ts";
import type { Options } from "./options.ts";
import type { Progress } from "./progress.ts";

/** Runs the rows one after the other. */
export async function runSuite(options: Options, progress: Progress): Promise<Result[]> {
	const results: Result[] = [];
	for (const row of ROWS.filter(({ id }) => options.rows.includes(id))) {
		const result = await runRow(row, options, progress);
		progress.done(result);
		results.push(result);
	}
	return results;
}

async function runRow(row: Row, { rounds, quick, seed }: Options, progress: Progress): Promise<Result> {
	const { id, title, expected } = row;
	const reason = row.obstacle?.();
	if (reason !== undefined) return { id, title, expected, state: "skipped", reason };
	progress.begin(title);
	const startedAt = performance.now();
	using cleanUp = new CleanUp();
	const folder = mkdtempSync(join(tmpdir(), "hubbub-chaos-"));
	cleanUp.add(() => rmSync(folder, { recursive: true, force: true }));
	const stage = {
		rounds: rounds ?? (quick ? row.rounds.quick : row.rounds.full),
		quick,
		random: new Random(`${seed}/${id}`),
		cleanUp,
		folder,
		say: (doing: string) => progress.say(doing),
	};
	const outcome = await row.run(stage).catch(brokenOff);
	const state = outcome.verdict.holds ? "held" : "broken";
	return { id, title, expected, state, seconds: (performance.now() - startedAt) / 1_000, ...outcome };
}

/** A row that can't be carried on has not held. */
function brokenOff(error: unknown): Outcome {
	const verdict = new Verdict();
	verdict.complain(`The row broke off: ${error instanceof Error ? error.message : error}`);
	return { rounds: 0, verdict, figures: {} };
}
