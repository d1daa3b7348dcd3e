import type { User } from "../../../app/protocol/session.ts";

/** Returns the parts of "Bob joined", "Bob and Eve joined" or "Bob and 11 others joined". The names stay users. */
export function presenceParts([first, second, ...others]: readonly User[], did: string): (User | string)[] {
	if (first === undefined) return [];
	if (second === undefined) return [first, ` ${did}`];
	if (others.length === 0) return [first, " and ", second, ` ${did}`];
	return [first, ` and ${others.length + 1} others ${did}`];
}
