import { type BuildContext, context, type Plugin } from "esbuild";
import { type PageBundle, pageBuilds } from "./bundle.ts";
import { writePage } from "./write-page.ts";

/**
 * Builds the page, and rebuilds it when its files change. Open pages reload. Resolves after the first build, so that a server
 * started afterwards has a page.
 */
export async function watchPage(print: (line: string) => void): Promise<{ dispose(): Promise<void> }> {
	const latest: (PageBundle | undefined)[] = [];
	const write = () => {
		const bundles = latest.filter((bundle) => bundle !== undefined);
		if (bundles.length < builds.length) return;
		try {
			writePage(bundles, "development");
			print("built");
		} catch (error) {
			print(error instanceof Error ? error.message : String(error));
		}
	};
	const builds = pageBuilds(false);
	const firsts = builds.map(() => Promise.withResolvers<void>());
	const contexts: BuildContext[] = [];
	for (const [index, options] of builds.entries()) {
		const plugin = onEveryEnd((bundle) => {
			// After a build with errors, which esbuild has printed, the page stays as it is.
			latest[index] = bundle ?? latest[index];
			if (bundle) write();
			firsts[index]?.resolve();
		});
		contexts.push(await context({ ...options, plugins: [...(options.plugins ?? []), plugin] }));
	}
	await Promise.all(contexts.map((one) => one.watch()));
	await Promise.all(firsts.map(({ promise }) => promise));
	return {
		async dispose() {
			await Promise.all(contexts.map((one) => one.dispose()));
		},
	};
}

function onEveryEnd(onBuild: (bundle: PageBundle | undefined) => void): Plugin {
	return {
		name: "on-every-end",
		setup(build) {
			build.onEnd((result) => onBuild(result.errors.length === 0 ? (result as PageBundle) : undefined));
		},
	};
}
