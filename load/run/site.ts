import type { Options } from "../options.ts";
import { parseTarget, preflight, type Target } from "../target/preflight.ts";
import { pinFromNowOn } from "./cores.ts";
import { LocalServer } from "./local-server.ts";
import { trust } from "./trust.ts";

/** Where the load goes: a deployment that was looked at, or a server of our own that ends with it. */
export type Site = AsyncDisposable & {
	target: Target;
	isOurs: boolean;
	pinned: boolean;
	/** What the generator needs in its environment to get there. */
	env: NodeJS.ProcessEnv;
};

export async function openSite(options: Options): Promise<Site> {
	const env = options.caFile ? trust(options.caFile) : {};
	if (options.target !== undefined) {
		const target = await preflight(parseTarget(options.target), options.loadToken);
		return { target, isOurs: false, pinned: false, env, [Symbol.asyncDispose]: async () => {} };
	}
	const pinned = pinFromNowOn();
	const server = await LocalServer.start();
	try {
		const target = await preflight(new URL(server.url), server.loadToken);
		return { target, isOurs: true, pinned, env, [Symbol.asyncDispose]: () => server.stop() };
	} catch (error) {
		await server.stop();
		throw error;
	}
}
