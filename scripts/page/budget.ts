import { brotliCompressSync } from "node:zlib";

/** All JavaScript that the chat needs at first, as it travels. */
export const BUDGET_BYTES = 40_000;

export type Weighed = { file: string; brotliBytes: number };

/** What the files weigh on the wire, heaviest first. */
export function weigh(files: { file: string; contents: Uint8Array }[]): Weighed[] {
	return files
		.map(({ file, contents }) => ({ file, brotliBytes: brotliCompressSync(contents).length }))
		.sort((a, b) => b.brotliBytes - a.brotliBytes);
}

/** One sentence with the figures; `fits` is false over the budget. */
export function judge(weighed: Weighed[]): { fits: boolean; sentence: string } {
	const total = weighed.reduce((sum, { brotliBytes }) => sum + brotliBytes, 0);
	const parts = weighed.map(({ file, brotliBytes }) => `${file} ${kilobytes(brotliBytes)}`).join(", ");
	const sentence = `First-load JavaScript: ${kilobytes(total)} of ${kilobytes(BUDGET_BYTES)} KB brotli (${parts}).`;
	return { fits: total <= BUDGET_BYTES, sentence };
}

function kilobytes(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}
