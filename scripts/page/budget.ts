import { brotliCompressSync } from "node:zlib";
import { type PageBundle, pageOutput } from "./bundle.ts";
import { pageEntries } from "./references.ts";

/** The maximum size of the JavaScript of the first load, compressed. */
export const BUDGET_BYTES = 44_000;

export type Weighed = { file: string; brotliBytes: number };

/** Returns the compressed size of each script of the first load. */
export function weighFirstLoad(bundles: PageBundle[]): Weighed[] {
	const urls = pageEntries(bundles).flatMap(({ url, preloads }) => [url, ...preloads]);
	const scripts = new Set(urls.filter((url) => url.endsWith(".js")));
	return bundles
		.flatMap(({ outputFiles }) => outputFiles)
		.map(({ path, contents }) => ({ file: path.slice(pageOutput.length).replaceAll("\\", "/"), contents }))
		.filter(({ file }) => scripts.has(file))
		.map(({ file, contents }) => ({ file, brotliBytes: brotliCompressSync(contents).length }));
}

/** Returns a sentence with the sizes, and whether their sum is within the budget. */
export function judgeSize(weighed: Weighed[]): { fits: boolean; sentence: string } {
	const total = weighed.reduce((sum, { brotliBytes }) => sum + brotliBytes, 0);
	const parts = weighed.map(({ file, brotliBytes }) => `${file} ${kilobytes(brotliBytes)}`).join(", ");
	const sentence = `First-load JavaScript: ${kilobytes(total)} of ${kilobytes(BUDGET_BYTES)} KB brotli (${parts}).`;
	return { fits: total <= BUDGET_BYTES, sentence };
}

function kilobytes(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}
