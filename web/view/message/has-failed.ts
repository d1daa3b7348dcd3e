import type { MessageItem } from "../../model/item.ts";

/** Whether the message was not sent, or a change of it was refused. */
export function hasFailed({ state, edit, removal, pin, reactions = [] }: MessageItem): boolean {
	const marks = [edit, removal, pin, ...reactions.map(({ pending }) => pending)];
	return state === "failed" || marks.some((mark) => mark?.state === "failed");
}
