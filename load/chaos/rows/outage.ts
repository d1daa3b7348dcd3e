import type { RowRun } from "../../kit/suite/row-run.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import type { UserGroup } from "../users/user-group.ts";

const REFUSED_WITHIN_MS = 30_000;

/** Records a problem unless sends are refused with `unavailable` soon after the failure. */
export async function expectRefusals(run: RowRun, users: UserGroup, fail: () => Promise<void> | void): Promise<void> {
	const before = users.refused("unavailable");
	await fail();
	const isRefused = await becomesTrue(REFUSED_WITHIN_MS, () => users.refused("unavailable") > before);
	run.expect(isRefused, "The store failed, and no message was refused.");
}

/** Records a problem for every refusal whose code is not `unavailable`. */
export function expectNoOtherRefusals(run: RowRun, users: UserGroup): void {
	for (const [code, count] of users.refusals)
		run.expect(code === "unavailable", `${count} refusals were "${code}" and not "unavailable".`);
}
