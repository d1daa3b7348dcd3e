import type { Clock } from "../ports/clock.ts";

/** Time without any bytes after which an upload ends. */
const STALL_MS = 15_000;
/** Time that an upload has besides the time that its bytes take at the slowest speed. */
const START_MS = 30_000;
const SLOWEST_BYTES_PER_S = 4_096;
/** The most that an upload takes, at whatever speed. */
const MOST_MS = 15 * 60 * 1_000;

/** An upload ended before it was complete. The message is a sentence for people. */
export class UploadEnded extends Error {
	override readonly name = "UploadEnded";
}

/** Passes an upload on. Rejects with {@link UploadEnded} when it stalls, is too slow, or breaks off. */
export class PacedContent {
	readonly #content: AsyncIterable<Uint8Array>;
	readonly #clock: Pick<Clock, "monotonic" | "after">;
	/** Bytes that were received. */
	received = 0;

	constructor(content: AsyncIterable<Uint8Array>, clock: Pick<Clock, "monotonic" | "after">) {
		this.#content = content;
		this.#clock = clock;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		const chunks = this.#content[Symbol.asyncIterator]();
		const startedAt = this.#clock.monotonic();
		let isOver = false;
		try {
			for (;;) {
				const { done, value } = await this.#next(chunks, this.#timeLeft(startedAt));
				isOver = done === true;
				if (isOver) return;
				this.received += value!.length;
				yield value!;
			}
		} finally {
			// Not awaited: a stalled upload ends with its connection.
			if (!isOver) chunks.return?.()?.catch(() => undefined);
		}
	}

	#timeLeft(startedAt: number): number {
		const allowedMs = Math.min(START_MS + (this.received / SLOWEST_BYTES_PER_S) * 1_000, MOST_MS);
		return Math.min(STALL_MS, startedAt + allowedMs - this.#clock.monotonic());
	}

	async #next(chunks: AsyncIterator<Uint8Array>, ms: number): Promise<IteratorResult<Uint8Array, undefined>> {
		let cancel = () => {};
		const stalled = new Promise<never>((_, reject) => {
			cancel = this.#clock.after(Math.max(0, ms), () =>
				reject(new UploadEnded("The upload was too slow and has ended. Send the file again.")),
			);
		});
		const broken = (cause: unknown): never => {
			throw new UploadEnded("The upload broke off. Send the file again.", { cause });
		};
		try {
			return await Promise.race([chunks.next().catch(broken), stalled]);
		} finally {
			cancel();
		}
	}
}
