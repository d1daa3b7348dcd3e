import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { exif, jpeg, png, SECRET_PLACE, webp } from "../../testing/pictures.ts";
import { InspectedContent } from "./inspect.ts";
import { DamagedPicture } from "./picture.ts";

/** Inspects a content that arrives in chunks of these lengths. */
async function inspect(bytes: Buffer, lengths: readonly number[] = [bytes.length || 1]) {
	async function* chunks() {
		for (let at = 0, n = 0; at < bytes.length; at += lengths[n++ % lengths.length]!)
			yield bytes.subarray(at, at + lengths[n % lengths.length]!);
	}
	const content = new InspectedContent(chunks());
	const parts: Uint8Array[] = [];
	for await (const part of content) parts.push(part);
	return { bytes: Buffer.concat(parts), result: content.result };
}

const bytesOf = (text: string) => Buffer.from(text, "latin1");
const box = (kind: string, content: Buffer) => {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(content.length + 8);
	head.write(kind, 4);
	return Buffer.concat([head, content]);
};
const ispe = (width: number, height: number) => {
	const content = Buffer.alloc(12);
	content.writeUInt32BE(width, 4);
	content.writeUInt32BE(height, 8);
	return box("ispe", content);
};

const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
for (const [what, content, type] of [
	["a PNG", png(), "image/png"],
	["a JPEG", jpeg(), "image/jpeg"],
	["a WebP", webp(), "image/webp"],
	["a GIF", bytesOf("GIF89a\x05\0\x04\0\0\0\0"), "image/gif"],
	["an AVIF", Buffer.concat([box("ftyp", bytesOf("avif\0\0\0\0mif1")), ispe(64, 48)]), "image/avif"],
	["an MP4", box("ftyp", bytesOf("isom\0\0\x02\0")), "video/mp4"],
	["a WebM", bytesOf("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"), "video/webm"],
	["an MP3 with tags", bytesOf("ID3\x04\0\0\0\0\0\0"), "audio/mpeg"],
	["an MP3", Buffer.from([0xff, 0xfb, 0x90, 0x64]), "audio/mpeg"],
	["an Ogg", bytesOf("OggS\0\x02"), "audio/ogg"],
	["a WAV", bytesOf("RIFF\x24\0\0\0WAVEfmt "), "audio/wav"],
	["an SVG", bytesOf(SVG), "application/octet-stream"],
	["a page", bytesOf("<!doctype html><script>alert(1)</script>"), "application/octet-stream"],
	["a PDF", bytesOf("%PDF-1.7"), "application/octet-stream"],
	["a Matroska", bytesOf("\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska"), "application/octet-stream"],
	["a HEIC", box("ftyp", bytesOf("heic\0\0\0\0")), "application/octet-stream"],
	["a text in UTF-16", Buffer.from([0xff, 0xfe, 0x41, 0]), "application/octet-stream"],
	["an AAC", Buffer.from([0xff, 0xf1, 0x50, 0x80]), "application/octet-stream"],
	["a GIF without a size", bytesOf("GIF89a"), "application/octet-stream"],
	["the beginning of a PNG", png().subarray(0, 8), "application/octet-stream"],
	["a PNG of 64 megapixels", png({ width: 8_000, height: 8_000 }), "application/octet-stream"],
	["a PNG of no pixels", png({ width: 0, height: 8 }), "application/octet-stream"],
	["one byte", Buffer.from([0xff]), "application/octet-stream"],
] as const)
	test(`F4 the first bytes tell the type of ${what}`, async () => {
		assert.equal((await inspect(content)).result.type, type);
	});

test("F4 the size of a picture is in its header", async () => {
	const avif = Buffer.concat([box("ftyp", bytesOf("avif\0\0\0\0")), ispe(32, 32), ispe(640, 360), ispe(10, 10)]);
	for (const [content, width, height] of [
		[png({ width: 5, height: 7 }), 5, 7],
		[jpeg({ width: 4_000, height: 3_000 }), 4_000, 3_000],
		[webp({ width: 5_000, height: 900 }), 5_000, 900],
		[bytesOf("GIF89a\x05\x01\x04\0\0\0\0"), 261, 4],
		[avif, 640, 360],
	] as const) {
		const { result } = await inspect(content);
		assert.deepEqual([result.width, result.height], [width, height], result.type);
	}
});

test("F4 pictures lose their metadata and whatever follows them", async () => {
	for (const original of [jpeg(), png(), webp()]) {
		assert.ok(original.includes(SECRET_PLACE));
		const { bytes, result } = await inspect(original);
		assert.ok(!bytes.includes(SECRET_PLACE), result.type);
		assert.equal(result.bytes, bytes.length);
		assert.deepEqual(await inspect(bytes), { bytes, result }, "what is stripped stays as it is");
	}
	assert.deepEqual((await inspect(png())).bytes, png({ metadata: false }));
	const plain = jpeg({ metadata: [] });
	const { bytes } = await inspect(plain);
	for (const kept of ["JFIF", "ICC_PROFILE"]) assert.ok(bytes.includes(kept), kept);
	assert.ok(bytes.subarray(-2).equals(Buffer.from([0xff, 0xd9])));
	const stripped = (await inspect(webp())).bytes;
	assert.equal(stripped.readUInt32LE(4), stripped.length - 8);
	assert.equal(stripped[20], 0x20, "the header names no EXIF and no XMP");
});

test("F4 a JPEG keeps which side is up, and nothing else of its EXIF", async () => {
	const segment = (content: Buffer) => Buffer.concat([Buffer.from([0xff, 0xe1, 0, content.length + 2]), content]);
	const { bytes } = await inspect(jpeg({ metadata: [segment(exif(6))] }));
	const at = bytes.indexOf("Exif\0\0");
	assert.deepEqual(bytes.subarray(at + 6, at + 26), exif(6).subarray(6, 26));
	for (const orientation of [0, 1, 9, 65_535])
		assert.ok(!(await inspect(jpeg({ metadata: [segment(exif(orientation))] }))).bytes.includes("Exif"));
	const pointingOutside = exif();
	pointingOutside.writeUInt32BE(0xffff_fff0, 10);
	assert.ok(!(await inspect(jpeg({ metadata: [segment(pointingOutside)] }))).bytes.includes("Exif"));
});

test("F4 the chunks in which a content arrives make no difference", async () => {
	const originals = [jpeg(), png(), webp(), bytesOf(SVG)];
	const wholes = await Promise.all(originals.map((original) => inspect(original)));
	const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(lengths, fc.nat(originals.length - 1), async (lengths, n) => {
			assert.deepEqual(await inspect(originals[n]!, lengths), wholes[n]);
		}),
	);
});

test("F4 pictures that are damaged, cut off or hostile end, with no more than was sent", async () => {
	const originals = [jpeg(), png(), webp()];
	await fc.assert(
		fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(255), fc.nat(), async (n, at, value, end) => {
			const original = Buffer.from(originals[n]!);
			original[at % original.length] = value;
			const sent = original.subarray(0, 1 + (end % original.length));
			try {
				assert.ok((await inspect(sent, [7])).bytes.length <= sent.length + 40);
			} catch (error) {
				assert.ok(error instanceof DamagedPicture, String(error));
			}
		}),
		{ numRuns: 1_000 },
	);
});
