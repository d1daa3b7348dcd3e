import { INLINE_TYPES, OTHER_TYPE } from "../../protocol/file.ts";
import { latin1 } from "./byte-source.ts";

/** Bytes at the beginning that are enough to detect a type. */
const SIGNATURE_BYTES = 64;
/** Brands of MP4 that browsers play. */
const MP4_BRANDS = new Set(["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4A ", "dash"]);

/** Returns the type of a content, one of `INLINE_TYPES` or `OTHER_TYPE`, by its first bytes. Its name and the type that the uploader claims do not count. */
export function typeOf(head: Uint8Array): string {
	const type = detected(latin1(head.subarray(0, SIGNATURE_BYTES)), head);
	return type !== undefined && INLINE_TYPES.has(type) ? type : OTHER_TYPE;
}

function detected(start: string, head: Uint8Array): string | undefined {
	if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
	if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
	if (/^GIF8[79]a/.test(start)) return "image/gif";
	if (start.startsWith("RIFF")) return { WEBP: "image/webp", WAVE: "audio/wav" }[start.slice(8, 12)];
	if (start.startsWith("OggS")) return "audio/ogg";
	if (start.startsWith("\x1a\x45\xdf\xa3")) return start.includes("\x42\x82\x84webm") ? "video/webm" : undefined;
	if (start.slice(4, 8) === "ftyp") return typeOfBrand(start.slice(8, 12));
	if (start.startsWith("ID3") || isMp3Frame(head)) return "audio/mpeg";
	return undefined;
}

function typeOfBrand(brand: string): string | undefined {
	if (brand === "avif" || brand === "avis") return "image/avif";
	return MP4_BRANDS.has(brand) ? "video/mp4" : undefined;
}

/** Whether the header of a frame of MPEG audio, layer III, has no value that is reserved. */
function isMp3Frame([sync = 0, layer = 0, rate = 0]: Uint8Array): boolean {
	return (
		sync === 0xff && (layer & 0xe6) === 0xe2 && (layer & 0x18) !== 0x08 && rate >> 4 !== 0x0f && (rate & 0x0c) !== 0x0c
	);
}
