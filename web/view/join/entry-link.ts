import { signal } from "@preact/signals";

/** A link that a person opens to come in: the claim link, or an invitation. Its code is in the fragment, which reaches no log. */
export type EntryLink = { kind: "claim" | "invite"; code: string };

/** The link with which the page was opened; undefined once it was used or dismissed. Read before the address changes. */
export const entryLink = signal(entryLinkOf(location.pathname, location.hash));

export function entryLinkOf(path: string, hash: string): EntryLink | undefined {
	if (path === "/claim" && hash.length > 1) return { kind: "claim", code: hash.slice(1) };
	const code = /^#invite=(.+)/.exec(hash)?.[1];
	return code ? { kind: "invite", code } : undefined;
}
