import { brotliCompressSync } from "node:zlib";
import { type PageBundle, pageOutput } from "./bundle.ts";
import { type PagePart, pageEntries, pageParts } from "./references.ts";

/** The maximum size of the JavaScript that is loaded together, compressed. */
export const BUDGET_BYTES = {
	/** Until a room is drawn. */
	entry: 44_000,
	/** What the page loads right after, in idle time: all of it. */
	idle: 12_000,
	/** What is loaded when it is used: each part. */
	use: 14_000,
	/** What a fenced block of code loads. */
	highlighter: 12_000,
};

/** What the page loads right after, by its source: the parts of web/view/load-idle-parts.ts, and a database. */
export const IDLE_PARTS: ReadonlySet<string> = new Set([
	"web/model/pending-database.ts",
	"web/view/composer/ComposerCompletions.tsx",
	"web/view/message/actions/MessageActions.tsx",
	"web/view/message/edit/EditForm.tsx",
]);
const HIGHLIGHTER = "web/view/message/markdown/highlight.ts";

type Weighed = { file: string; brotliBytes: number };
/** Scripts that are loaded together. */
export type WeighedGroup = { name: string; budgetBytes: number; files: Weighed[] };

/** Returns the compressed scripts of the first load, of idle time and of each part that is loaded when it is used. */
export function weighPage(bundles: PageBundle[]): WeighedGroup[] {
	const outputs = new Map(
		bundles
			.flatMap(({ outputFiles }) => outputFiles)
			.map(({ path, contents }) => [path.slice(pageOutput.length).replaceAll("\\", "/"), contents]),
	);
	const weigh = (urls: Iterable<string>): Weighed[] =>
		[...urls].map((file) => ({ file, brotliBytes: brotliCompressSync(outputs.get(file)!).length }));
	const first = new Set(
		pageEntries(bundles)
			.flatMap(({ url, preloads }) => [url, ...preloads])
			.filter((url) => url.endsWith(".js")),
	);
	const parts = pageParts(bundles).map(({ source, urls }) => ({ source, urls: urls.filter((url) => !first.has(url)) }));
	const idle = new Set(parts.filter(isIdle).flatMap(({ urls }) => urls));
	return [
		{ name: "first load", budgetBytes: BUDGET_BYTES.entry, files: weigh(first) },
		{ name: "in idle time", budgetBytes: BUDGET_BYTES.idle, files: weigh(idle) },
		...parts
			.filter((part) => !isIdle(part))
			.map(({ source, urls }) => ({
				name: source.replace(/^.*\/|\.tsx?$/g, ""),
				budgetBytes: source === HIGHLIGHTER ? BUDGET_BYTES.highlighter : BUDGET_BYTES.use,
				files: weigh(urls),
			})),
	];
}

/** Returns a sentence with the size of each group, and the names of those that exceed their budgets. */
export function judgeSizes(groups: WeighedGroup[]): { exceeding: string[]; sentence: string } {
	const sizes = groups.map(({ name, budgetBytes, files }) => ({
		name,
		budgetBytes,
		total: files.reduce((sum, { brotliBytes }) => sum + brotliBytes, 0),
	}));
	const parts = sizes.map(({ name, total, budgetBytes }) => `${name} ${kilobytes(total)} of ${kilobytes(budgetBytes)}`);
	return {
		exceeding: sizes.filter(({ total, budgetBytes }) => total > budgetBytes).map(({ name }) => name),
		sentence: `JavaScript in KB of brotli: ${parts.join(", ")}.`,
	};
}

function isIdle({ source }: PagePart): boolean {
	return IDLE_PARTS.has(source);
}

function kilobytes(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}
