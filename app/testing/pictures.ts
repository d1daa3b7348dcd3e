/** Small pictures with metadata, made of their parts, for tests. */
import { crc32, deflateSync } from "node:zlib";

/** A text that only metadata has. */
export const SECRET_PLACE = "47.3769N 8.5417E";

/** EXIF with an orientation and a place. */
export function exif(orientation = 6): Buffer {
	const tiff = Buffer.alloc(26);
	tiff.write("MM\0\x2a", "latin1");
	tiff.writeUInt32BE(8, 4);
	tiff.writeUInt16BE(1, 8);
	tiff.writeUInt16BE(0x0112, 10);
	tiff.writeUInt16BE(3, 12);
	tiff.writeUInt32BE(1, 14);
	tiff.writeUInt16BE(orientation, 18);
	return Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(SECRET_PLACE)]);
}

function jpegSegment(code: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, code, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** A JPEG with the segments of a picture, and with metadata in every place. Its scan has no data that decodes. */
export function jpeg({ width = 640, height = 480, metadata = [jpegSegment(0xe1, exif())] } = {}): Buffer {
	const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
	frame.writeUInt16BE(height, 1);
	frame.writeUInt16BE(width, 3);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		jpegSegment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")),
		...metadata,
		jpegSegment(0xe2, Buffer.from("ICC_PROFILE\0\x01\x01colours", "latin1")),
		jpegSegment(0xe2, Buffer.from(`MPF\0${SECRET_PLACE}`)),
		jpegSegment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET_PLACE}`)),
		jpegSegment(0xfe, Buffer.from(SECRET_PLACE)),
		jpegSegment(0xdb, Buffer.alloc(65)),
		jpegSegment(0xc2, frame),
		jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
		Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xff, 0, 5]),
		jpegSegment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET_PLACE}`)),
		jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
		Buffer.from([6, 0xff, 0, 7, 0xff, 0xd9]),
		Buffer.from(`a film ${SECRET_PLACE}`),
	]);
}

function pngChunk(kind: string, content: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(kind), content]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(content.length);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}

/** A grey PNG that decodes. */
export function png({ width = 3, height = 2, metadata = true } = {}): Buffer {
	const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	const pixels = width * height > 1_000_000 ? Buffer.alloc(0) : Buffer.alloc((width + 1) * height);
	const hidden = (kind: string) => (metadata ? [pngChunk(kind, Buffer.from(SECRET_PLACE))] : []);
	return Buffer.concat([
		Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
		pngChunk("IHDR", header),
		pngChunk("gAMA", Buffer.from([0, 0, 0xb1, 0x8f])),
		...["eXIf", "tEXt", "zTXt", "iTXt", "tIME"].flatMap(hidden),
		pngChunk("IDAT", deflateSync(pixels)),
		pngChunk("IEND", Buffer.alloc(0)),
		...(metadata ? [Buffer.from(`after ${SECRET_PLACE}`)] : []),
	]);
}

function webpChunk(kind: string, content: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(kind);
	head.writeUInt32LE(content.length, 4);
	return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A WebP with the chunks of a picture. Its data does not decode. */
export function webp({ width = 300, height = 200, metadata = true } = {}): Buffer {
	const extended = Buffer.alloc(10);
	extended[0] = metadata ? 0x2c : 0x20;
	extended.writeUIntLE(width - 1, 4, 3);
	extended.writeUIntLE(height - 1, 7, 3);
	const lossy = Buffer.from([0, 0, 0, 0x9d, 1, 0x2a, 1, 0, 1, 0, 9]);
	const chunks = Buffer.concat([
		Buffer.from("WEBP"),
		webpChunk("VP8X", extended),
		webpChunk("VP8 ", lossy),
		...(metadata
			? [webpChunk("EXIF", Buffer.from(SECRET_PLACE)), webpChunk("XMP ", Buffer.from(`${SECRET_PLACE}!`))]
			: []),
	]);
	const head = Buffer.alloc(8);
	head.write("RIFF");
	head.writeUInt32LE(chunks.length, 4);
	return Buffer.concat([head, chunks, ...(metadata ? [Buffer.from(`after ${SECRET_PLACE}`)] : [])]);
}
