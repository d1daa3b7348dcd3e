/** A part of a text; a link if `href` is set. The joined parts are the whole text. */
export type TextPart = { text: string; href?: string };

const CANDIDATE = /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"`\u200b\u2028\u2029\p{Bidi_Control}]+/giu;
const TRAILING = /[.,;:!?'’”»…*_~]$/u;
const BRACKETS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** Finds http, https and mailto links. Other schemes stay text. */
export function linkify(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let end = 0;
	for (const match of text.matchAll(CANDIDATE)) {
		const link = withoutTrailing(match[0]);
		const href = hrefOf(link);
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
	let end = link.length;
	for (; end > 0; end--) {
		const last = link[end - 1]!;
		const opening = BRACKETS[last];
		if (opening === undefined ? !TRAILING.test(last) : isBalanced(link.slice(0, end), opening, last)) break;
	}
	return link.slice(0, end);
}

function isBalanced(text: string, opening: string, closing: string): boolean {
	return text.split(opening).length >= text.split(closing).length;
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
