import { type ByteSource, joined, latin1 } from "./byte-source.ts";
import { DamagedPicture, type PictureSize, viewOf } from "./picture.ts";

const MARKER = 0xff;
const [SOS, EOI, APP0, APP1, APP2, APP14, APP15, COMMENT] = [0xda, 0xd9, 0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe];
/** The tag of the orientation in EXIF. */
const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * Yields a JPEG without its metadata: EXIF, XMP, IPTC, comments, previews, and whatever follows the picture. What is
 * needed to show it stays: its colours, and which side is up. Calls `onSize` with its size.
 */
export async function* withoutJpegMetadata(
	source: ByteSource,
	onSize: (size: PictureSize) => void,
): AsyncGenerator<Uint8Array> {
	yield await source.read(2);
	for (;;) {
		const code = await markerCode(source);
		if (code === undefined) return;
		if (code === EOI) {
			yield Uint8Array.of(MARKER, EOI);
			return source.skip();
		}
		if (code === 0x01 || isRestart(code)) {
			yield Uint8Array.of(MARKER, code);
			continue;
		}
		const length = await source.read(2);
		if (length.length < 2) return;
		const bytes = viewOf(length).getUint16(0);
		if (bytes < 2) throw new DamagedPicture(`a segment of ${bytes} bytes`);
		const content = await source.read(bytes - 2);
		if (isFrame(code) && content.length >= 5)
			onSize({ height: viewOf(content).getUint16(1), width: viewOf(content).getUint16(3) });
		const kept = keptOf(code, content);
		if (kept) yield segment(code, kept);
		if (code === SOS) yield* entropyCoded(source);
	}
}

/** Returns the next marker's code. Undefined at the end of the content. */
async function markerCode(source: ByteSource): Promise<number | undefined> {
	const [first, second] = await source.read(2);
	if (first === undefined || second === undefined) return undefined;
	if (first !== MARKER) throw new DamagedPicture(`${first} in place of a marker`);
	let code: number | undefined = second;
	while (code === MARKER) [code] = await source.read(1);
	return code;
}

/** Returns what stays of a segment. */
function keptOf(code: number, content: Uint8Array): Uint8Array | undefined {
	const isApplications = code >= APP0 && code <= APP15;
	if (!isApplications) return code === COMMENT ? undefined : content;
	if (code === APP0 || code === APP14) return content;
	if (code === APP2) return latin1(content.subarray(0, 11)) === "ICC_PROFILE" ? content : undefined;
	const orientation = code === APP1 ? orientationIn(content) : undefined;
	return orientation === undefined ? undefined : onlyOrientation(orientation);
}

/** Yields the data of a scan, up to the next marker that is not part of it. */
async function* entropyCoded(source: ByteSource): AsyncGenerator<Uint8Array> {
	for (let chunk = await source.next(); chunk; chunk = await source.next()) {
		const end = endOfScan(chunk);
		if (end === undefined) {
			yield chunk;
			continue;
		}
		yield chunk.subarray(0, end);
		if (end < chunk.length - 1) return source.unread(chunk.subarray(end));
		// The code of this marker is in the next chunk.
		const next = await source.next();
		if (!next) return;
		source.unread(joined([chunk.subarray(end), next]));
	}
}

/** Returns the position of the first marker that may end a scan. */
function endOfScan(chunk: Uint8Array): number | undefined {
	for (let at = chunk.indexOf(MARKER); at !== -1; at = chunk.indexOf(MARKER, at + 1)) {
		const code = chunk[at + 1];
		if (code === undefined || (code !== 0 && code !== MARKER && !isRestart(code))) return at;
	}
	return undefined;
}

const isRestart = (code: number) => code >= 0xd0 && code <= 0xd7;
/** Whether a segment begins a frame, of any of the processes. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);

function segment(code: number, content: Uint8Array): Uint8Array {
	const head = new Uint8Array([MARKER, code, (content.length + 2) >> 8, (content.length + 2) & 0xff]);
	return joined([head, content]);
}

/** Returns the orientation in EXIF, if it is not the usual one. */
function orientationIn(content: Uint8Array): number | undefined {
	if (latin1(content.subarray(0, 6)) !== "Exif\0\0" || content.length < 16) return undefined;
	const tiff = viewOf(content.subarray(6));
	const little = tiff.getUint16(0) === 0x4949;
	const first = tiff.getUint32(4, little);
	if (first + 2 > tiff.byteLength) return undefined;
	const count = tiff.getUint16(first, little);
	for (let at = first + 2; at < first + 2 + 12 * count && at + 12 <= tiff.byteLength; at += 12) {
		if (tiff.getUint16(at, little) !== ORIENTATION || tiff.getUint16(at + 2, little) !== SHORT) continue;
		const orientation = tiff.getUint16(at + 8, little);
		return orientation >= 2 && orientation <= 8 ? orientation : undefined;
	}
	return undefined;
}

/** Returns EXIF that has nothing but an orientation. */
function onlyOrientation(orientation: number): Uint8Array {
	const exif = new Uint8Array(32);
	exif.set(new TextEncoder().encode("Exif\0\0MM\0\x2a"));
	const tiff = viewOf(exif.subarray(6));
	tiff.setUint32(4, 8);
	tiff.setUint16(8, 1);
	tiff.setUint16(10, ORIENTATION);
	tiff.setUint16(12, SHORT);
	tiff.setUint32(14, 1);
	tiff.setUint16(18, orientation);
	return exif;
}
