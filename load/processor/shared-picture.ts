import { createHash, randomBytes } from "node:crypto";
import type { Random } from "../kit/random.ts";

/** Half of the pictures are smaller, and two thirds are between 90 kB and 680 kB: photos and screenshots as the page sends them. */
const MEDIAN_BYTES = 250_000;
const LEAST_BYTES = 10_000;
const MOST_BYTES = 5_000_000;
const [WIDTH, HEIGHT] = [2_560, 1_920];
const HEAD_BYTES = 30;
const UNIQUE_BYTES = 16;
const POOL = randomBytes(65_536);

/** Returns the bytes of the next picture that a user shares. */
export function pictureBytes(random: Random): number {
	const bytes = MEDIAN_BYTES * Math.exp(random.normal());
	return 2 * Math.round(Math.min(MOST_BYTES, Math.max(LEAST_BYTES, bytes)) / 2);
}

/** Returns a WebP of this even length, different from every other one. Only its header is that of a picture. */
export function pictureOf(bytes: number): Buffer {
	const content = Buffer.alloc(bytes, POOL);
	content.write("RIFF", 0, "latin1");
	content.writeUInt32LE(bytes - 8, 4);
	content.write("WEBPVP8 ", 8, "latin1");
	content.writeUInt32LE(bytes - 20, 16);
	content.set([0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a], 20);
	content.writeUInt16LE(WIDTH, 26);
	content.writeUInt16LE(HEIGHT, 28);
	randomBytes(UNIQUE_BYTES).copy(content, HEAD_BYTES);
	return content;
}

/** Returns the name of a picture, which says what its content is: members of every thread can compare it. */
export function pictureName(content: Uint8Array): string {
	return `${createHash("sha256").update(content).digest("hex")}.webp`;
}
