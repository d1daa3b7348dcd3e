import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** The content of an own file. */
export type LocalFile = {
	readonly content: Blob;
	/** An address within this page. */
	readonly url: string;
	/** The part that is uploaded, 0 to 1; undefined unless it is being uploaded. */
	readonly progress: Signal<number | undefined>;
	/** Takes the file out of its message; undefined unless it waits for its upload. */
	readonly cancel: Signal<(() => void) | undefined>;
};

/** Uploaded files beyond this number are loaded from the server when they are drawn again. */
const MAX_UPLOADED = 30;

const files = signal<ReadonlyMap<string, LocalFile>>(new Map());
const uploaded: string[] = [];

/** Contents that this page has by their ids: of files that wait for their upload, and of the last ones that it uploaded. */
export const localFiles: ReadonlySignal<ReadonlyMap<string, LocalFile>> = files;

export function addLocalFile(id: string, content: Blob): LocalFile {
	const file = { content, url: URL.createObjectURL(content), progress: signal(undefined), cancel: signal(undefined) };
	set(id, file);
	return file;
}

/** Draws the uploaded file from the content that is here, so that the page does not load it. */
export function localFileUploaded(localId: string, id: string): void {
	const file = files.peek().get(localId);
	if (!file) return;
	batch(() => {
		file.cancel.value = undefined;
		set(id, file);
		uploaded.push(localId);
		if (uploaded.length > MAX_UPLOADED) removeLocalFile(uploaded.shift()!);
	});
}

/** Frees the content. Its image stays where it is drawn. */
export function removeLocalFile(id: string): void {
	const file = files.peek().get(id);
	if (!file) return;
	URL.revokeObjectURL(file.url);
	files.value = new Map([...files.peek()].filter(([, one]) => one !== file));
}

function set(id: string, file: LocalFile): void {
	files.value = new Map([...files.peek(), [id, file]]);
}
