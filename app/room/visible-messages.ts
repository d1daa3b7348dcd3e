/** What a member of a private room sees of its messages: none before `first`, the first `seq` that they may read. */
import type { HistoryData } from "../protocol/message.ts";
import type { LogSlice } from "./log/tail.ts";

export function visiblePage<Page extends HistoryData>(page: Page, first: number): Page {
	const messages = page.messages.filter(({ seq }) => seq >= first);
	return messages.length === page.messages.length ? page : { ...page, messages, more: false };
}

export function visibleSlice(slice: LogSlice | undefined, first: number): LogSlice | undefined {
	if (!slice?.messages || first === 0) return slice;
	return { ...slice, messages: slice.messages.filter(({ seq }) => seq >= first) };
}
