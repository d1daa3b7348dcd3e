import { join } from "node:path";
import { knownProblems, readLockFile } from "./lock-file.ts";
import { audit } from "./npm-audit.ts";

export type Finding = {
	/** What is wrong; nothing when all is well. */
	problems: string[];
	/** What was asked, and what is worth knowing. */
	note: string;
	/** Nothing could be found out: it neither passed nor failed. */
	isUnchecked?: true;
};

/** What is known about the packages that the server ships: by the registry, and by our own table where it has no audits. */
export async function checkShipped(root: string, env?: Record<string, string>): Promise<Finding> {
	const known = knownProblems(readLockFile(root));
	const asked = await audit(root, env);
	if ("problems" in asked) return { problems: [...asked.problems, ...known], note: "asked the registry" };
	const note = `held against scripts/check/advisories/known.ts alone: the registry offers no audits (${asked.unanswered})`;
	return { problems: known, note };
}

/** The same of a folder of the load harness. It is run by hand and not shipped, so that nothing here is a problem. */
export async function tellOfHarness(root: string, folder: string, env?: Record<string, string>): Promise<Finding> {
	const asked = await audit(join(root, folder), env);
	if ("unanswered" in asked)
		return {
			problems: [],
			note: `not checked: the registry offers no audits (${asked.unanswered})`,
			isUnchecked: true,
		};
	const { length } = asked.problems;
	if (length === 0) return { problems: [], note: "nothing known" };
	return { problems: [], note: `${length} known, none of it shipped:\n${asked.problems.join("\n")}` };
}
