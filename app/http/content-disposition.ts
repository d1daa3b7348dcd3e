/** Returns the header of a response that a browser shows or downloads under a name, which may be any text (RFC 6266). */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
	const ascii = name.replace(/[^ -~]|["\\%]/g, "_");
	return `${kind}; filename="${ascii}"; filename*=UTF-8''${extValue(name)}`;
}

/** Returns a text as RFC 8187 encodes it: `encodeURIComponent` leaves characters that it does not allow. */
function extValue(text: string): string {
	return encodeURIComponent(text.toWellFormed()).replace(
		/['()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
