import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type FileInfo, INLINE_TYPES, OTHER_TYPE } from "../../../../app/protocol/file.ts";
import { MAX_FILES } from "../../../../app/protocol/limits.ts";
import { createClientId } from "../../../model/client-id.ts";
import type { FileStore } from "../../../model/files/file-store.ts";
import { addLocalFile, removeLocalFile } from "../../../model/files/local-files.ts";
import { cleanText } from "../clean-text.ts";
import type { Prepared } from "./prepare-picture.ts";

/** Bytes of files that the device keeps until they are sent. */
const MAX_WAITING_BYTES = 100_000_000;

/** The server removes what the camera wrote into pictures of these types. */
const CLEANED_TYPES: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);

/** A file of a message that is being written. */
export type Attachment = {
	/** The id of the file on this device. */
	id: string;
	source: File;
	/** What the picture shows, in the user's words. */
	alt: Signal<string>;
	/** Undefined until the file is ready to be sent. */
	prepared: Signal<Prepared | undefined>;
	/** The picture as it was drawn again; undefined for what can only be sent as it is. */
	drawn: Prepared | undefined;
	/** Whether the picture is sent as it was taken, and not as it was drawn again. */
	isOriginal: boolean;
	/** A picture that is sent with all that the camera wrote into it. */
	isAsItIs: boolean;
};

type AttachmentsOptions = {
	store: Pick<FileStore, "put" | "bytes">;
	/** Returns undefined for a file that is sent as it is. */
	prepare(file: File): Promise<Prepared | undefined>;
	/** Says why a file was not added. */
	report(sentence: string): void;
};

/** The files of a message that is being written. */
export class Attachments {
	readonly #options: AttachmentsOptions;
	readonly #list = signal<readonly Attachment[]>([]);
	readonly list: ReadonlySignal<readonly Attachment[]> = this.#list;
	readonly isReady = computed(() => {
		const list = this.#list.value;
		return list.length > 0 && list.every(({ prepared }) => prepared.value !== undefined);
	});

	constructor(options: AttachmentsOptions) {
		this.#options = options;
	}

	/** The files as their message has them until they are uploaded. */
	get files(): FileInfo[] {
		return this.#list.peek().flatMap(({ id, alt, prepared }) => {
			const ready = prepared.peek();
			if (!ready) return [];
			const { content, ...about } = ready;
			const words = cleanText(alt.peek()).trim();
			const type = INLINE_TYPES.has(content.type) ? content.type : OTHER_TYPE;
			return [{ id, ...about, type, bytes: content.size, ...(words && { alt: words }) }];
		});
	}

	async add(files: readonly File[]): Promise<void> {
		const { store, report } = this.#options;
		const free = MAX_FILES - this.#list.peek().length;
		if (files.length > free) report(`A message has at most ${MAX_FILES} files. Send the others in another message.`);
		let bytes =
			(await store.bytes().catch(() => 0)) + this.#list.peek().reduce((sum, { source }) => sum + source.size, 0);
		const taken: Attachment[] = [];
		for (const source of files.slice(0, free)) {
			if (source.size === 0) {
				report(`"${source.name}" is empty.`);
				continue;
			}
			bytes += source.size;
			if (bytes > MAX_WAITING_BYTES) {
				report(
					`At most ${MAX_WAITING_BYTES / 1_000_000} MB of files can wait to be sent. Wait until some are sent, or remove some.`,
				);
				break;
			}
			const texts = { alt: signal(""), prepared: signal(undefined) };
			taken.push({ id: createClientId(), source, ...texts, drawn: undefined, isOriginal: false, isAsItIs: false });
		}
		this.#list.value = [...this.#list.peek(), ...taken];
		for (const attachment of taken) await this.#prepare(attachment);
	}

	remove(id: string): void {
		this.#list.value = this.#list.peek().filter((one) => one.id !== id);
		removeLocalFile(id);
	}

	/** Sends a picture as it was taken, or as it was drawn again. */
	async setOriginal(id: string, isOriginal: boolean): Promise<void> {
		const attachment = this.#list.peek().find((one) => one.id === id);
		if (!attachment?.drawn) return;
		const { source, drawn, prepared } = attachment;
		try {
			const content = isOriginal ? await contentOf(source) : drawn.content;
			if (!this.#list.peek().some((one) => one.id === id)) return;
			removeLocalFile(id);
			addLocalFile(id, content);
			prepared.value = isOriginal ? { ...drawn, content, name: source.name } : drawn;
			this.#update(id, { isOriginal, isAsItIs: isOriginal && !CLEANED_TYPES.has(source.type) });
		} catch {
			this.#options.report(`"${source.name}" can't be read.`);
		}
	}

	/** Keeps the contents on the device: the message waits in the outbox. */
	async keep(): Promise<void> {
		const { store, report } = this.#options;
		const puts = this.#list.peek().map(({ id, prepared }) => store.put(id, prepared.peek()!.content));
		await Promise.all(puts).catch(() => report("This device can't keep files. Stay on this page until they are sent."));
	}

	async #prepare({ id, source, prepared }: Attachment): Promise<void> {
		try {
			const drawn = await this.#options.prepare(source);
			const content = drawn?.content ?? (await contentOf(source));
			if (!this.#list.peek().some((one) => one.id === id)) return;
			addLocalFile(id, content);
			if (drawn) this.#update(id, { drawn });
			else if (/^image\/(?!gif|svg)/.test(source.type)) this.#update(id, { isAsItIs: true });
			prepared.value = drawn ?? { content, name: source.name };
		} catch {
			this.remove(id);
			this.#options.report(`"${source.name}" can't be read.`);
		}
	}

	#update(id: string, change: Partial<Attachment>): void {
		this.#list.value = this.#list.peek().map((one) => (one.id === id ? { ...one, ...change } : one));
	}
}

/** Returns the content itself: what it was read from may change, or go with the clipboard. */
async function contentOf(source: File): Promise<Blob> {
	return new Blob([await source.arrayBuffer()], { type: source.type });
}
