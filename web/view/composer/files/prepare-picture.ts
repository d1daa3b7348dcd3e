import { rgbaToThumbHash } from "thumbhash";
import type { FileInfo } from "../../../../app/protocol/file.ts";
import { fitSize, type Size } from "./fit-size.ts";

const LONGEST_PX = 2_560;
const THUMB_PX = 100;
/** Of photos, and of what has sharp edges. */
const QUALITY = 0.82;
const SHARP_QUALITY = 0.92;
/** Bytes in which a file says that it is animated. */
const HEAD_BYTES = 1_024;

export type Prepared = { content: Blob } & Pick<FileInfo, "name" | "width" | "height" | "thumbhash">;

/**
 * Draws a picture again: upright, not larger than needed, and without what a camera writes into it, such as the place.
 * Returns undefined for what is no picture that the browser can draw, or would stop moving. The browser decodes and encodes
 * beside the page's thread.
 */
export async function preparePicture(file: File): Promise<Prepared | undefined> {
	if (!file.type.startsWith("image/") || /svg|gif/.test(file.type) || (await isAnimated(file))) return undefined;
	const picture = await createImageBitmap(file).catch(() => undefined);
	if (!picture) return undefined;
	try {
		const size = fitSize(picture, LONGEST_PX);
		const content = await encode(draw(picture, size), file.type === "image/png" ? SHARP_QUALITY : QUALITY);
		const name = `${file.name.replace(/\.\w{1,5}$/, "")}.${content.type === "image/webp" ? "webp" : "jpg"}`;
		return { content, name, ...size, thumbhash: thumbHashOf(picture) };
	} finally {
		picture.close();
	}
}

async function isAnimated(file: File): Promise<boolean> {
	const head = new TextDecoder("latin1").decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
	return /^RIFF.*ANIM|^\x89PNG.*acTL/s.test(head);
}

function draw(picture: ImageBitmap, { width, height }: Size): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext("2d")!;
	context.imageSmoothingQuality = "high";
	context.drawImage(picture, 0, 0, width, height);
	return canvas;
}

async function encode(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
	const webp = await canvas.convertToBlob({ type: "image/webp", quality });
	// Safari can't write WebP.
	if (webp.type === "image/webp") return webp;
	const context = canvas.getContext("2d")!;
	context.globalCompositeOperation = "destination-over";
	context.fillStyle = "white";
	context.fillRect(0, 0, canvas.width, canvas.height);
	return canvas.convertToBlob({ type: "image/jpeg", quality });
}

function thumbHashOf(picture: ImageBitmap): string {
	const { width, height } = fitSize(picture, THUMB_PX);
	const { data } = draw(picture, { width, height }).getContext("2d")!.getImageData(0, 0, width, height);
	return btoa(String.fromCharCode(...rgbaToThumbHash(width, height, data)));
}
