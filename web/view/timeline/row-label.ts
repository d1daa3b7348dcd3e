import { timeFormat } from "../message/Time.tsx";
import { messageSentence } from "./message-sentence.ts";
import type { MessageRow } from "./timeline-rows.ts";

/** Returns what screen readers read when the row takes the focus: "Grace: Sounds good, 14:03". */
export function rowLabel({ item }: MessageRow): string {
	const sentence = messageSentence(item.mine ? "You" : item.author.name, item.content, item.files);
	const state = item.state === "failed" ? ", not sent" : item.state === "queued" ? ", waiting for a connection" : "";
	const edited = item.editedAt === undefined ? "" : ", edited";
	const count = item.reactions?.reduce((sum, reaction) => sum + reaction.count, 0) ?? 0;
	const reactions = count === 0 ? "" : count === 1 ? ", 1 reaction" : `, ${count} reactions`;
	return `${sentence}, ${timeFormat.short(item.createdAt)}${edited}${reactions}${state}`;
}
