import type { HistoryData } from "../protocol/message.ts";

/** Returns a page of messages without those before `first`, the first `seq` that its reader sees. */
export function visiblePage<Page extends HistoryData>(page: Page, first: number): Page {
	const messages = page.messages.filter(({ seq }) => seq >= first);
	return messages.length === page.messages.length ? page : { ...page, messages, more: false };
}
