import type { FileInfo } from "../../app/protocol/file.ts";

/** Returns the beginning of a text in one line, with "…" if there is more. */
export function excerptOf(text: string, maxChars: number): string {
	const line = text
		.slice(0, 4 * maxChars)
		.replace(/\s+/g, " ")
		.trim();
	// A surrogate pair is not cut in two.
	return line.length <= maxChars ? line : `${line.slice(0, maxChars).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Returns the text of a message, or what its files are where it has none: "2 photos". */
export function textOrFiles(body: string, files: readonly FileInfo[] = []): string {
	const { length } = files;
	if (body || !length) return body;
	const isPhotos = files.every(({ type }) => type.startsWith("image/"));
	if (length > 1) return `${length} ${isPhotos ? "photos" : "files"}`;
	return isPhotos ? "Photo" : files[0]!.name;
}
