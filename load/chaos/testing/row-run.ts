import type { TestContext } from "node:test";
import { CleanUp } from "../../kit/clean-up.ts";
import { Random } from "../../kit/random.ts";
import { RowRun } from "../../kit/suite/row-run.ts";
import { TempFolder } from "../../kit/temp-folder.ts";

/** Returns a run for one row, which is cleaned up after the test. */
export function openRowRun(t: TestContext, rounds: number): RowRun {
	const cleanUp = new CleanUp();
	t.after(() => cleanUp[Symbol.dispose]());
	const folder = new TempFolder("hubbub-chaos-test-");
	cleanUp.add(() => folder[Symbol.dispose]());
	return new RowRun({ rounds, quick: true, random: new Random(t.name), cleanUp, folder: folder.path });
}
