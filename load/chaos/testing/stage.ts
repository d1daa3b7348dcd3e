import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Stage } from "../rows/row.ts";
import { CleanUp } from "../run/clean-up.ts";
import { Random } from "../schedule/random.ts";

/** A stage for one row; the test's end clears it. */
export function openStage(t: TestContext, rounds: number): Stage {
	const cleanUp = new CleanUp();
	t.after(() => cleanUp[Symbol.dispose]());
	const folder = mkdtempSync(join(tmpdir(), "hubbub-chaos-test-"));
	cleanUp.add(() => rmSync(folder, { recursive: true, force: true }));
	return { rounds, quick: true, random: new Random(t.name), cleanUp, folder, say: () => undefined };
}
