import { type BuildContext, context, type Plugin } from "esbuild";
import { pageBuilds } from "./bundle.ts";
import { type PageBundle, writePage } from "./write-page.ts";

/**
 * Builds the page, and again whenever its files change, with a script that reloads it in open browsers.
 * Resolves after the first build, so that a server started then finds a page.
 */
export async function watchPage(say: (line: string) => void): Promise<{ dispose(): Promise<void> }> {
	const latest: (PageBundle | undefined)[] = [];
	const write = () => {
		const bundles = latest.filter((bundle) => bundle !== undefined);
		if (bundles.length < builds.length) return;
		try {
			writePage(bundles, "reloading");
			say("built");
		} catch (error) {
			say(error instanceof Error ? error.message : String(error));
		}
	};
	const builds = pageBuilds(false);
	const contexts: BuildContext[] = [];
	for (const [index, options] of builds.entries()) {
		contexts.push(await context({ ...options, plugins: [keepLatest(latest, index, write)] }));
	}
	// The first build by itself, so that it is over when this is; what is wrong with it esbuild has said.
	await Promise.allSettled(contexts.map((one) => one.rebuild()));
	await Promise.all(contexts.map((one) => one.watch()));
	return {
		async dispose() {
			await Promise.all(contexts.map((one) => one.dispose()));
		},
	};
}

/** A build with errors has no output: the page stays as it last was, and esbuild has said what is wrong. */
function keepLatest(latest: (PageBundle | undefined)[], index: number, write: () => void): Plugin {
	return {
		name: "keep-latest",
		setup(build) {
			build.onEnd((result) => {
				if (result.errors.length > 0) return;
				latest[index] = result as PageBundle;
				write();
			});
		},
	};
}
