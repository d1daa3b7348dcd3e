import type { Unread } from "../../model/unread.ts";
import { peopleCount } from "../people/present-sentence.ts";
import { unreadLabel } from "./unread-label.ts";

/** Returns "studio, 7 people, 40 unread". `present` is undefined until the room is joined. */
export function roomSentence(name: string, present: number | undefined, unread: Unread): string {
	const label = unreadLabel(unread);
	return [name, present !== undefined && peopleCount(present), label !== "" && `${label} unread`]
		.filter((part) => part !== false)
		.join(", ");
}
