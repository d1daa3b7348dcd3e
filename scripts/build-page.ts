import { join } from "node:path";
import { build } from "esbuild";
import { judgeSize, weighFirstLoad } from "./page/budget.ts";
import { pageBuilds, pageOutput, pageSource } from "./page/bundle.ts";
import { isFresh } from "./page/freshness.ts";
import { writePage } from "./page/write-page.ts";
import { root } from "./root.ts";

const HELP = `node scripts/build-page.ts [--if-stale]

Builds web/ into web/dist, and ends with 1 when the first load's JavaScript is over its budget.

  --if-stale  for a start: do nothing when web/dist is newer than all that it is made from, and never mind the budget
`;

const flags = process.argv.slice(2);
const inputs = ["app/protocol", "package-lock.json", "scripts/build-page.ts", "scripts/page"];
const forStart = flags.includes("--if-stale");

if (flags.includes("--help")) console.log(HELP);
else if (forStart && isFresh(join(pageOutput, "index.html"), [pageSource, ...inputs.map(inRoot)])) {
	process.exitCode = 0;
} else await buildPage();

async function buildPage(): Promise<void> {
	console.log("Building the page…");
	const bundles = await Promise.all(pageBuilds(true).map((options) => build(options))).catch(() => undefined);
	if (bundles === undefined) {
		process.exitCode = 1;
		return;
	}
	writePage(bundles, "still");
	const { fits, sentence } = judgeSize(weighFirstLoad(bundles));
	console.log(sentence);
	if (fits || forStart) return;
	console.error("That is over the budget: load what few people need at first with import() when it is asked for.");
	process.exitCode = 1;
}

function inRoot(path: string): string {
	return join(root, path);
}
