import type { ByteRange, FileStorage } from "../room/ports/file-storage.ts";

/** A storage of files in memory, for tests of the domain alone. */
export class MemoryFileStorage implements FileStorage {
	readonly contents = new Map<string, Uint8Array>();
	/** Thrown by every write, which then stores nothing. */
	failure: Error | undefined;

	async put(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
		if (this.failure) throw this.failure;
		const chunks: Uint8Array[] = [];
		for await (const chunk of content) chunks.push(chunk);
		this.contents.set(id, Buffer.concat(chunks));
	}

	async get(id: string, { start, end }: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY }) {
		const content = this.contents.get(id);
		return (
			content && (new Blob([new Uint8Array(content.slice(start, end + 1))]).stream() as ReadableStream<Uint8Array>)
		);
	}

	async remove(id: string): Promise<void> {
		if (this.failure) throw this.failure;
		this.contents.delete(id);
	}

	async removePartial(): Promise<void> {}

	async *list(): AsyncGenerator<string[]> {
		yield [...this.contents.keys()];
	}

	async has(id: string): Promise<boolean> {
		return this.contents.has(id);
	}
}
