/** A part of a text; a link if `href` is set. The joined parts are the whole text. */
export type TextPart = { text: string; href?: string };

/** A longer address stays text. */
const MAX_LINK_CHARS = 2_048;
/**
 * A link ends before white space and before punctuation. Of the punctuation in ASCII only quotes, angle brackets and
 * backticks end it; of all other punctuation everything but · – and ’.
 */
const CANDIDATE =
	/(?<![^\W_])(?:https?:\/\/|mailto:|www\.)(?:[!#-;=?-_a-~·–’]|[^\p{ASCII}\p{P}\p{White_Space}\p{Bidi_Control}\u200b])+/giu;
const TRAILING = /[.,;:!?'’–*_~]/;
const CLOSING = ")]}";
const OPENING = "([{";
const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** Finds http, https and mailto links. Other schemes stay text. */
export function linkify(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let end = 0;
	for (const match of text.matchAll(CANDIDATE)) {
		const link = withoutTrailing(match[0]);
		const href = link.length > MAX_LINK_CHARS ? undefined : hrefOf(link);
		if (href === undefined) continue;
		if (match.index > end) parts.push({ text: text.slice(end, match.index) });
		parts.push({ text: link, href });
		end = match.index + link.length;
	}
	if (end < text.length) parts.push({ text: text.slice(end) });
	return parts;
}

/** Removes trailing punctuation, and closing brackets that the link has not opened. */
function withoutTrailing(link: string): string {
	// The opening brackets of each kind, less the closing ones.
	const open = [0, 0, 0];
	for (const character of link) {
		const [opening, closing] = [OPENING.indexOf(character), CLOSING.indexOf(character)];
		if (opening !== -1) open[opening]!++;
		if (closing !== -1) open[closing]!--;
	}
	let end = link.length;
	for (; end > 0; end--) {
		const last = link[end - 1]!;
		const kind = CLOSING.indexOf(last);
		if (kind === -1 ? !TRAILING.test(last) : open[kind]! >= 0) break;
		if (kind !== -1) open[kind]!++;
	}
	return link.slice(0, end);
}

function hrefOf(link: string): string | undefined {
	const address = /^www\./i.test(link) ? `https://${link}` : link;
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	if (!SAFE_PROTOCOLS.has(url.protocol)) return undefined;
	return url.protocol === "mailto:" ? mailtoOf(url) : urlOf(url);
}

function mailtoOf(url: URL): string | undefined {
	return url.pathname.includes("@") ? url.href : undefined;
}

/** Rejects user names ("https://bank.example@evil.example"), which disguise the host. */
function urlOf(url: URL): string | undefined {
	return url.hostname !== "" && url.username === "" && url.password === "" ? url.href : undefined;
}
