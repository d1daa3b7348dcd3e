/** What one thread recorded of the files of a room. */
export type FileBooks = {
	uploaded: number;
	uploadedBytes: number;
	/** Contents that members have read to their end. */
	downloaded: number;
	downloadedBytes: number;
	/** Contents of which a byte or the length is not as uploaded. */
	altered: number;
	/** The seqs of messages whose file was not found. They must have been removed. */
	notFound: number[];
};

/** The files of a run. `lost` and `altered` are faults. */
export type FileAccounting = Omit<FileBooks, "notFound"> & {
	/** Downloads of files whose message had been removed. */
	tooLate: number;
	/** Downloads of files that were not found although nobody had removed the message. */
	lost: number;
};

export function emptyFileBooks(): FileBooks {
	return { uploaded: 0, uploadedBytes: 0, downloaded: 0, downloadedBytes: 0, altered: 0, notFound: [] };
}

export function noFiles(): FileAccounting {
	return { uploaded: 0, uploadedBytes: 0, downloaded: 0, downloadedBytes: 0, altered: 0, tooLate: 0, lost: 0 };
}

/** Adds what one thread recorded of a room. `removed` has the seqs of the room's removed messages. */
export function settleFiles(
	totals: FileAccounting,
	{ notFound, ...books }: FileBooks,
	removed: ReadonlySet<number>,
	describe: (sentence: string) => void,
): void {
	for (const name of ["uploaded", "uploadedBytes", "downloaded", "downloadedBytes", "altered"] as const)
		totals[name] += books[name];
	if (books.altered > 0) describe(`${books.altered} downloaded files differ from what was uploaded`);
	for (const seq of notFound) {
		if (removed.has(seq)) totals.tooLate++;
		else {
			totals.lost++;
			describe(`a file of the message at seq ${seq} was not found, which nobody removed`);
		}
	}
}
