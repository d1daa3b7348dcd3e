import type { BanInfo } from "../../../app/protocol/moderation.ts";
import { timeOf } from "../admin/time-of.ts";

/** Such as "Ada: banned from kitchen until 4 Dec, 16:00, by Eve (u-eve): spam". */
export function banSentence({ kind, target, name, room, until, by, reason }: BanInfo): string {
	const who = kind === "address" ? `${target}${name === undefined ? "" : ` (${name})`}` : (name ?? target);
	const where = room === undefined ? "the chat" : room;
	const end = until === undefined ? "permanently" : `until ${timeOf(until)}`;
	return `${who}: banned from ${where} ${end}${by === undefined ? "" : `, by ${by}`}${reason === undefined ? "" : `: ${reason}`}`;
}
