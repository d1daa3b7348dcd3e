import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import tls from "node:tls";
import type { Options } from "../command-line/options.ts";
import type { Settings } from "../command-line/settings.ts";
import { BadInput } from "../kit/cli.ts";
import { signIn } from "../kit/sign-in.ts";
import { fetchTarget } from "../kit/target.ts";
import { checkTarget, parseTarget, type Targets } from "../target/preflight.ts";
import { type OwnServer, startOwnServer, startOwnServers, stopAll } from "./own-servers.ts";
import { pinFromNowOn } from "./pinning.ts";

/** For one request to each target after the first. */
const TIMEOUT_MS = 10_000;

/** The servers that get the load: a deployment, or servers that were started for the run and stop with it. */
export type Site = AsyncDisposable & {
	targets: Targets;
	isOurs: boolean;
	pinned: boolean;
	/** Environment that the generator needs to connect. */
	env: NodeJS.ProcessEnv;
};

export async function openSite(options: Options, settings: Pick<Settings, "soak">): Promise<Site> {
	const env = options.caFile ? trust(options.caFile) : {};
	if (options.targets.length > 0) {
		const targets = await checkTargets(options.targets, options.loadToken);
		return { targets, isOurs: false, pinned: false, env, [Symbol.asyncDispose]: async () => {} };
	}
	const pinned = pinFromNowOn();
	const servers = await startServers(options, settings.soak);
	const stop = () => stopAll(servers);
	try {
		const urls = servers.map(({ url }) => url);
		const targets = await checkTargets(urls, servers[0]!.loadToken);
		return { targets, isOurs: true, pinned, env, [Symbol.asyncDispose]: stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startServers(
	{ processes, databaseUrl, redisUrl }: Options,
	collectsGarbage: boolean,
): Promise<OwnServer[]> {
	if (processes === undefined || databaseUrl === undefined) return [await startOwnServer({ collectsGarbage })];
	const env = { DATABASE_URL: databaseUrl, ...(processes > 1 && redisUrl !== undefined && { REDIS_URL: redisUrl }) };
	return await startOwnServers(processes, { env, collectsGarbage });
}

async function checkTargets(addresses: string[], loadToken: string | undefined): Promise<Targets> {
	const [first, ...others] = addresses.map(parseTarget);
	const targets: Targets = [await checkTarget(first!, loadToken)];
	for (const other of others) targets.push(await checkTarget(other, loadToken));
	await checkOneChat(targets);
	return targets;
}

/** Throws {@link BadInput} if a session that the first target opened is not valid at each of the others. */
async function checkOneChat([first, ...others]: Targets): Promise<void> {
	if (others.length === 0) return;
	const { token } = await signIn(first.url, "load test", { loadToken: first.loadToken });
	for (const { url, loadToken } of others) {
		const headers = { cookie: `session=${token}`, "x-load-token": loadToken };
		const response = await fetchTarget(`${url}/api/rooms`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
		await response.body?.cancel();
		if (response.ok) continue;
		throw new BadInput(
			`${first.url} and ${url} are not servers of one chat: the second does not accept a session of the first ` +
				`(status ${response.status}). They need the same SESSION_SECRET and the same database.`,
		);
	}
}

/** Makes this process trust the certificates in `file` as well; returns the environment that does so for another one. */
function trust(file: string): NodeJS.ProcessEnv {
	let certificate: string;
	try {
		certificate = readFileSync(file, "utf8");
		new X509Certificate(certificate);
	} catch {
		throw new BadInput(`--ca ${file} is not a readable certificate: give a file in PEM format.`);
	}
	tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
	return { NODE_EXTRA_CA_CERTS: resolve(file) };
}
