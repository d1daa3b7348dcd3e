/** The id of a file: 128 random bits, hex. */
export const FILE_ID = /^[0-9a-f]{32}$/;

/** A file of a message, as its message names it. `GET /api/files/:id` has its content. */
export type FileInfo = {
	/** As {@link FILE_ID}. */
	id: string;
	/** What the uploader calls it: a text, never a path. */
	name: string;
	/** Detected from the first bytes: one of {@link INLINE_TYPES}, or {@link OTHER_TYPE}. */
	type: string;
	bytes: number;
	/** Of a picture, in pixels. */
	width?: number;
	height?: number;
	/** What a picture shows, in words. */
	alt?: string;
	/** A ThumbHash of a picture, in Base64. */
	thumbhash?: string;
};

/** The types that a browser may show within its page. A file of every other type is downloaded. */
export const INLINE_TYPES: ReadonlySet<string> = new Set([
	"image/png",
	"image/jpeg",
	"image/gif",
	"image/webp",
	"image/avif",
	"video/mp4",
	"video/webm",
	"audio/mpeg",
	"audio/ogg",
	"audio/wav",
]);

/** The type of a file that is none of {@link INLINE_TYPES}. */
export const OTHER_TYPE = "application/octet-stream";
