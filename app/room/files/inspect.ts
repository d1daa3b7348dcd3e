import { OTHER_TYPE } from "../../protocol/file.ts";
import { ByteSource } from "./byte-source.ts";
import { typeOf } from "./file-type.ts";
import { withoutJpegMetadata } from "./jpeg.ts";
import { isShowable, type PictureSize, sizeIn } from "./picture.ts";
import { withoutPngMetadata } from "./png.ts";
import { withoutWebpMetadata } from "./webp.ts";

/** Bytes at the beginning from which type and size are read. */
const HEAD_BYTES = 16_384;

const WITHOUT_METADATA: Readonly<Record<string, typeof withoutJpegMetadata>> = {
	"image/jpeg": withoutJpegMetadata,
	"image/png": withoutPngMetadata,
	"image/webp": withoutWebpMetadata,
};

/** What a content is. Known once all of it has been read. */
export type Inspected = { type: string; bytes: number } & Partial<PictureSize>;

/**
 * Passes a content on, without the metadata of pictures, and finds out what it is. Nothing is decoded or unpacked. Reading
 * rejects with a `DamagedPicture` where the structure contradicts the type.
 */
export class InspectedContent {
	readonly #source: ByteSource;
	#type = OTHER_TYPE;
	#size: PictureSize | undefined;
	#bytes = 0;

	constructor(content: AsyncIterable<Uint8Array>) {
		this.#source = new ByteSource(content);
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		const source = this.#source;
		try {
			const head = await source.read(HEAD_BYTES);
			source.unread(head);
			this.#type = typeOf(head);
			this.#size = sizeIn(head, this.#type);
			const strip = WITHOUT_METADATA[this.#type];
			const chunks = strip ? strip(source, (size) => this.#setSize(size)) : source.rest();
			for await (const chunk of chunks) {
				this.#bytes += chunk.length;
				yield chunk;
			}
		} finally {
			await source.close();
		}
	}

	/** What the content was. A picture without a size, or one that is too large to be shown, is a file like any other. */
	get result(): Inspected {
		const bytes = this.#bytes;
		if (!this.#type.startsWith("image/")) return { type: this.#type, bytes };
		return this.#size && isShowable(this.#size)
			? { type: this.#type, bytes, ...this.#size }
			: { type: OTHER_TYPE, bytes };
	}

	#setSize(size: PictureSize): void {
		this.#size ??= size;
	}
}
