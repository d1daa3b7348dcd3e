import { timeFormat } from "../message/Time.tsx";
import { messageSentence } from "./message-sentence.ts";
import type { MessageRow } from "./timeline-rows.ts";

/** Returns what screen readers read when the row takes the focus: "Grace: Sounds good, 14:03". */
export function rowLabel({ item }: MessageRow): string {
	const sentence = messageSentence(item.mine ? "You" : item.author.name, item.content);
	const state = item.state === "failed" ? ", not sent" : item.state === "queued" ? ", waiting for a connection" : "";
	return `${sentence}, ${timeFormat.short(item.createdAt)}${state}`;
}
