/** Reads a content of any chunks by lengths. A content that ends early gives what there is. */
export class ByteSource {
	readonly #chunks: AsyncIterator<Uint8Array>;
	/** Read and not used yet. */
	#ahead: Uint8Array | undefined;

	constructor(content: AsyncIterable<Uint8Array>) {
		this.#chunks = content[Symbol.asyncIterator]();
	}

	/** Returns the next bytes, as many as arrived together. Undefined at the end. */
	async next(): Promise<Uint8Array | undefined> {
		const ahead = this.#ahead;
		this.#ahead = undefined;
		if (ahead && ahead.length > 0) return ahead;
		const { done, value } = await this.#chunks.next();
		if (done) return undefined;
		return value.length > 0 ? value : this.next();
	}

	/** Puts bytes back, to be read next. */
	unread(bytes: Uint8Array): void {
		this.#ahead = this.#ahead ? joined([bytes, this.#ahead]) : bytes;
	}

	/** Returns the next `count` bytes, or fewer at the end. */
	async read(count: number): Promise<Uint8Array> {
		const parts: Uint8Array[] = [];
		let missing = count;
		while (missing > 0) {
			const chunk = await this.next();
			if (!chunk) break;
			const part = chunk.subarray(0, missing);
			parts.push(part);
			missing -= part.length;
			if (part.length < chunk.length) this.unread(chunk.subarray(part.length));
		}
		return parts.length === 1 ? parts[0]! : joined(parts);
	}

	/** Yields the next `count` bytes, or fewer at the end. */
	async *pass(count: number): AsyncGenerator<Uint8Array> {
		for (let missing = count; missing > 0; ) {
			const chunk = await this.next();
			if (!chunk) return;
			const part = chunk.subarray(0, missing);
			missing -= part.length;
			if (part.length < chunk.length) this.unread(chunk.subarray(part.length));
			yield part;
		}
	}

	/** Yields everything that is left. */
	async *rest(): AsyncGenerator<Uint8Array> {
		for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
	}

	/** Reads up to `count` bytes, or all that are left, and drops them. */
	async skip(count = Number.POSITIVE_INFINITY): Promise<void> {
		for await (const _ of this.pass(count));
	}

	/** Ends the content. */
	async close(): Promise<void> {
		await this.#chunks.return?.();
	}
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

/** Returns bytes as text, one character each. */
export function latin1(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}
