import type { Unread } from "../../model/unread.ts";

/** "3", "50+", or nothing where all is read. */
export function unreadLabel({ count, more }: Unread): string {
	if (count === 0 && !more) return "";
	return more ? `${count}+` : String(count);
}

/** "3 unread messages", for those who hear it. */
export function unreadSentence(unread: Unread): string {
	const one = unread.count === 1 && !unread.more;
	return `${unreadLabel(unread)} unread ${one ? "message" : "messages"}`;
}

/** The window's title: how much is unread anywhere, where one is, what this is. */
export function pageTitle(unread: readonly Unread[], room: string | undefined): string {
	const all = { count: unread.reduce((sum, { count }) => sum + count, 0), more: unread.some(({ more }) => more) };
	const label = unreadLabel(all);
	return `${label && `(${label}) `}${room === undefined ? "" : `${room} · `}Hubbub`;
}
