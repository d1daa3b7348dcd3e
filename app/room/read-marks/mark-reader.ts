import type { ReadMarkStore, ReadPlace } from "../ports/read-marks.ts";

/** Marks of one read of the store. */
const MARKS_PER_READ = 500;

type Waiting = { place: ReadPlace; resolve: (seq: number | undefined) => void };

type MarkReaderDeps = {
	store: Pick<ReadMarkStore, "readMarks">;
	onError: (error: unknown, during: string) => void;
};

/** Reads marks for joins. While one read is in progress the next ones wait and become one read, as many clients join at once. */
export class MarkReader {
	readonly #deps: MarkReaderDeps;
	#waiting: Waiting[] = [];
	#isReading = false;

	constructor(deps: MarkReaderDeps) {
		this.#deps = deps;
	}

	/** Returns undefined where there is no mark, and while the store is unavailable: a join does not need it. */
	read(place: ReadPlace): Promise<number | undefined> {
		return new Promise((resolve) => {
			this.#waiting.push({ place, resolve });
			if (!this.#isReading) void this.#readAll();
		});
	}

	async #readAll(): Promise<void> {
		this.#isReading = true;
		while (this.#waiting.length > 0) {
			const batch = this.#waiting.splice(0, MARKS_PER_READ);
			const seqs = await this.#readBatch(batch.map(({ place }) => place));
			for (const [index, { resolve }] of batch.entries()) resolve(seqs[index]);
		}
		this.#isReading = false;
	}

	async #readBatch(places: readonly ReadPlace[]): Promise<(number | undefined)[]> {
		try {
			return await this.#deps.store.readMarks(places);
		} catch (error) {
			this.#deps.onError(error, "reading read marks");
			return [];
		}
	}
}
