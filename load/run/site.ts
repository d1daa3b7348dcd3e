import type { Options } from "../options.ts";
import type { Settings } from "../settings.ts";
import { checkOneChat } from "../target/one-chat.ts";
import { parseTarget, preflight, type Targets } from "../target/preflight.ts";
import { pinFromNowOn } from "./cores.ts";
import { LocalServer } from "./local-server.ts";
import { startSeveral, stopAll } from "./local-servers.ts";
import { trust } from "./trust.ts";

/** Where the load goes: a deployment that was looked at, or servers of our own that end with it. */
export type Site = AsyncDisposable & {
	targets: Targets;
	isOurs: boolean;
	pinned: boolean;
	/** What the generator needs in its environment to get there. */
	env: NodeJS.ProcessEnv;
};

export async function openSite(options: Options, settings: Pick<Settings, "soak">): Promise<Site> {
	const env = options.caFile ? trust(options.caFile) : {};
	if (options.targets.length > 0) {
		const targets = await lookAtAll(options.targets, options.loadToken);
		return { targets, isOurs: false, pinned: false, env, [Symbol.asyncDispose]: async () => {} };
	}
	const pinned = pinFromNowOn();
	const servers = await startOurOwn(options, settings.soak);
	const stop = () => stopAll(servers);
	try {
		const urls = servers.map(({ url }) => url);
		const targets = await lookAtAll(urls, servers[0]!.loadToken);
		return { targets, isOurs: true, pinned, env, [Symbol.asyncDispose]: stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startOurOwn(
	{ processes, databaseUrl, redisUrl }: Options,
	isCollected: boolean,
): Promise<LocalServer[]> {
	if (processes === undefined || databaseUrl === undefined) return [await LocalServer.start({ isCollected })];
	return await startSeveral({
		processes,
		databaseUrl,
		redisUrl: processes > 1 ? redisUrl : undefined,
		isCollected,
	});
}

async function lookAtAll(addresses: string[], loadToken: string | undefined): Promise<Targets> {
	const [first, ...others] = addresses.map(parseTarget);
	const targets: Targets = [await preflight(first!, loadToken)];
	for (const other of others) targets.push(await preflight(other, loadToken));
	await checkOneChat(targets);
	return targets;
}
