import type { FileInfo } from "../../../app/protocol/file.ts";
import type { Content } from "../../../app/protocol/message.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import { textOrFiles } from "../../model/excerpt.ts";

/** A longer text is shortened when it is read: the message itself has the rest. */
export const MAX_READ_CHARS = 300;

/** Returns "Grace: Sounds good", or "Grace: 2 photos" without a text, for screen readers. */
export function messageSentence(author: string, content: Content, files?: readonly FileInfo[]): string {
	if (content.location !== undefined) return `${author} shared a location`;
	const body = textOrFiles(content.body, files);
	if (body.length <= MAX_READ_CHARS) return `${author}: ${body}`;
	// A character of two code units is not split.
	return `${author}: ${body.slice(0, MAX_READ_CHARS).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Returns why a message was not sent, for screen readers. */
export function failureSentence({ body }: Content, refusal: Refusal | undefined): string {
	const what =
		body === undefined ? "Your location" : `Your message "${body.slice(0, 60)}${body.length > 60 ? "…" : ""}"`;
	return `${what} was not sent. ${refusal?.message ?? ""}`.trim();
}
