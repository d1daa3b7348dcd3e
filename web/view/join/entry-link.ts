import { signal } from "@preact/signals";

/** A link that a person opens to come in: the claim link, an invitation, or the link for another device of theirs. Its code is in the fragment, which reaches no log. */
export type EntryLink = { kind: "claim" | "invite" | "device"; code: string };

/** The link with which the page was opened; undefined once it was used or dismissed. Read before the address changes. */
export const entryLink = signal(entryLinkOf(location.pathname, location.hash));

export function entryLinkOf(path: string, hash: string): EntryLink | undefined {
	if (path === "/claim" && hash.length > 1) return { kind: "claim", code: hash.slice(1) };
	const [, kind, code] = /^#(invite|device)=(.+)/.exec(hash) ?? [];
	return code ? { kind: kind as EntryLink["kind"], code } : undefined;
}
