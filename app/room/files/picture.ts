import { MAX_PIXELS } from "../../protocol/limits.ts";

/** The size of a picture in pixels. */
export type PictureSize = { width: number; height: number };

/** A picture's structure contradicts its type, so that its metadata can't be found. */
export class DamagedPicture extends Error {
	override readonly name = "DamagedPicture";
}

/** Whether a picture may be shown within the page. */
export function isShowable({ width, height }: PictureSize): boolean {
	return width > 0 && height > 0 && width * height <= MAX_PIXELS;
}

export function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Returns the size of a GIF or an AVIF by its first bytes. */
export function sizeIn(head: Uint8Array, type: string): PictureSize | undefined {
	if (type === "image/gif" && head.length >= 10)
		return { width: viewOf(head).getUint16(6, true), height: viewOf(head).getUint16(8, true) };
	return type === "image/avif" ? sizeOfAvif(head) : undefined;
}

/** The largest one of the boxes `ispe`: others are those of a thumbnail or of tiles. */
function sizeOfAvif(head: Uint8Array): PictureSize | undefined {
	const view = viewOf(head);
	let largest: PictureSize | undefined;
	for (let at = head.indexOf(0x69); at !== -1 && at + 16 <= head.length; at = head.indexOf(0x69, at + 1)) {
		if (view.getUint32(at) !== 0x69737065) continue;
		const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
		if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
	}
	return largest;
}
