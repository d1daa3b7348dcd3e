import type { BanInfo } from "../../../app/protocol/moderation.ts";

/** Such as "Ada: banned from kitchen until 4 Dec, 16:00, by Eve (u-eve): spam". */
export function banSentence({ kind, target, name, room, until, by, reason }: BanInfo): string {
	const who = kind === "address" ? `${target}${name === undefined ? "" : ` (${name})`}` : (name ?? target);
	const where = room === undefined ? "the chat" : room;
	const end = until === undefined ? "for good" : `until ${timeOf(until)}`;
	return `${who}: banned from ${where} ${end}${by === undefined ? "" : `, by ${by}`}${reason === undefined ? "" : `: ${reason}`}`;
}

function timeOf(time: number): string {
	return new Date(time).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
