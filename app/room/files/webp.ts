import { type ByteSource, joined, latin1 } from "./byte-source.ts";
import { DamagedPicture, type PictureSize, viewOf } from "./picture.ts";

const HEADER_BYTES = 12;
/** Enough of a chunk for the size of the picture. */
const SIZE_BYTES = 10;
/** The bits of VP8X that say that there are EXIF and XMP. */
const METADATA_BITS = 0x0c;
const METADATA = new Set(["EXIF", "XMP "]);
/** A kind that readers skip. */
const SKIPPED = new TextEncoder().encode("JUNK");
const ZEROS = new Uint8Array(16_384);

/**
 * Yields a WebP without its metadata: EXIF, XMP, and whatever follows the picture. Its header has its length, so metadata
 * is overwritten and not left out. Calls `onSize` with its size.
 */
export async function* withoutWebpMetadata(
	source: ByteSource,
	onSize: (size: PictureSize) => void,
): AsyncGenerator<Uint8Array> {
	const header = await source.read(HEADER_BYTES);
	yield header;
	let left = viewOf(header).getUint32(4, true) - 4;
	let isKnown = false;
	while (left >= 8) {
		const head = await source.read(8);
		if (head.length < 8) return;
		const kind = latin1(head.subarray(0, 4));
		const declared = viewOf(head).getUint32(4, true);
		const bytes = declared + (declared % 2);
		if (bytes > left - 8 + 1) throw new DamagedPicture("a chunk that is longer than its file");
		left -= 8 + bytes;
		if (METADATA.has(kind)) {
			yield joined([SKIPPED, head.subarray(4)]);
			yield* overwritten(source, bytes);
			continue;
		}
		yield head;
		const start = await source.read(Math.min(bytes, SIZE_BYTES));
		const size: PictureSize | undefined = isKnown ? undefined : sizeIn(kind, start);
		if (size) onSize(size);
		isKnown ||= size !== undefined;
		yield kind === "VP8X" ? joined([Uint8Array.of((start[0] ?? 0) & ~METADATA_BITS), start.subarray(1)]) : start;
		yield* source.pass(bytes - start.length);
	}
	await source.skip();
}

async function* overwritten(source: ByteSource, count: number): AsyncGenerator<Uint8Array> {
	for await (const chunk of source.pass(count))
		for (let at = 0; at < chunk.length; at += ZEROS.length) yield ZEROS.subarray(0, chunk.length - at);
}

function sizeIn(kind: string, start: Uint8Array): PictureSize | undefined {
	if (start.length < SIZE_BYTES) return undefined;
	const view = viewOf(start);
	switch (kind) {
		case "VP8X":
			return { width: 1 + (view.getUint32(4, true) & 0xffffff), height: 1 + (view.getUint32(6, true) >>> 8) };
		case "VP8 ":
			return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
		case "VP8L": {
			const bits = view.getUint32(1, true);
			return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
		}
	}
	return undefined;
}
