import { join } from "node:path";
import { build } from "esbuild";
import { judgeSizes, weighPage } from "./page/budget.ts";
import { pageBuilds, pageOutput, pageSource } from "./page/bundle.ts";
import { isFresh } from "./page/freshness.ts";
import { writePage } from "./page/write-page.ts";
import { root } from "./root.ts";

const HELP = `node scripts/build-page.ts [--if-stale | --weigh]

Builds web/ into web/dist. Exits with 1 if the JavaScript of the first load, of idle time, or of a part that is
loaded on use exceeds its budget.

  --if-stale  do nothing if web/dist is newer than its sources, and ignore the budgets
  --weigh     check the budgets and write nothing
`;

const flags = process.argv.slice(2);
const inputs = ["app/protocol", "package-lock.json", "scripts/build-page.ts", "scripts/page"];
const ifStale = flags.includes("--if-stale");

if (flags.includes("--help")) console.log(HELP);
else if (ifStale && isFresh(join(pageOutput, "index.html"), [pageSource, ...inputs.map(inRoot)])) {
	process.exitCode = 0;
} else await buildPage();

async function buildPage(): Promise<void> {
	console.log("Building the page…");
	const bundles = await Promise.all(pageBuilds(true).map((options) => build(options))).catch(() => undefined);
	if (bundles === undefined) {
		process.exitCode = 1;
		return;
	}
	if (!flags.includes("--weigh")) writePage(bundles, "production");
	const { exceeding, sentence } = judgeSizes(weighPage(bundles));
	console.log(sentence);
	if (exceeding.length === 0 || ifStale) return;
	console.error(
		`Over the budget: ${exceeding.join(", ")}. Move code that few users need to a part of web/view/parts.ts.`,
	);
	process.exitCode = 1;
}

function inRoot(path: string): string {
	return join(root, path);
}
