import { type ByteSource, joined, latin1 } from "./byte-source.ts";
import { DamagedPicture, type PictureSize, viewOf } from "./picture.ts";

const SIGNATURE_BYTES = 8;
const CHECKSUM_BYTES = 4;
const METADATA = new Set(["eXIf", "tEXt", "zTXt", "iTXt", "tIME"]);
const MAX_CHUNK_BYTES = 2 ** 31 - 1;

/** Yields a PNG without its metadata: EXIF, texts, XMP, times, and whatever follows the picture. Calls `onSize` with its size. */
export async function* withoutPngMetadata(
	source: ByteSource,
	onSize: (size: PictureSize) => void,
): AsyncGenerator<Uint8Array> {
	yield await source.read(SIGNATURE_BYTES);
	for (let isFirst = true; ; isFirst = false) {
		const head = await source.read(8);
		if (head.length < 8) return;
		const bytes = viewOf(head).getUint32(0);
		const kind = latin1(head.subarray(4));
		if (bytes > MAX_CHUNK_BYTES || !/^[A-Za-z]{4}$/.test(kind) || isFirst !== (kind === "IHDR"))
			throw new DamagedPicture("a chunk that PNG does not have");
		if (METADATA.has(kind)) {
			await source.skip(bytes + CHECKSUM_BYTES);
			continue;
		}
		if (isFirst) {
			const size = await source.read(8);
			if (size.length < 8) return;
			onSize({ width: viewOf(size).getUint32(0), height: viewOf(size).getUint32(4) });
			source.unread(size);
		}
		yield joined([head]);
		yield* source.pass(bytes + CHECKSUM_BYTES);
		if (kind === "IEND") return source.skip();
	}
}
