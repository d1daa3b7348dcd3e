import confusables from "unicode-confusables";
import { foldCase } from "../../protocol/schemas/names.ts";

/**
 * Returns the confusable skeletons of a name (Unicode UTS 39, section 4). Names that share one look alike, so only one of
 * them may be in a room (rule R2). A name has two, because a capital "I" is the letter "i" and looks like "l".
 */
export function skeletonsOf(name: string): ReadonlySet<string> {
	const visible = name.normalize("NFKD").replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, "");
	return new Set([foldCase(skeleton(visible)), foldCase(skeleton(foldCase(visible)))]);
}

function skeleton(text: string): string {
	return confusables.rectifyConfusion(text);
}
