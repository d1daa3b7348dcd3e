/** The process: settings, store, cluster, server, and an orderly end. */
import { readFile } from "node:fs/promises";
import type { Server as HttpServer } from "node:http";
import * as module from "node:module";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { BUILD_ID } from "./build-id.ts";
import { systemClock } from "./clock.ts";
import { openCluster } from "./cluster/open.ts";
import { ConfigError, loadConfig, warningsOf } from "./config.ts";
import { loadPage, PageError } from "./http/page-files.ts";
import { createLog } from "./log.ts";
import { keepForDays } from "./retention.ts";
import { SecretError, sessionSecret } from "./session/secret.ts";
import { openStore } from "./store/open.ts";
import { watchForWake } from "./wake.ts";

// Keeps what V8 compiled, so that the next start is faster. Deno has none.
module.enableCompileCache?.();

/** A signal that comes again so soon is the same one. */
const ECHO_MS = 1_000;

/** Something that the operator can put right: its message is a sentence for them. */
class StartError extends Error {}

async function main(): Promise<void> {
	const config = loadConfig(process.env);
	// The store's thread starts while the rest of the program is loaded.
	const opening = openStore(config).catch((error: Error) => {
		throw new StartError(error.message, { cause: error });
	});
	opening.catch(() => {}); // told where it is awaited
	const log = createLog(config.logLevel);
	for (const warning of warningsOf(config)) log.warn(warning);
	const joining = openCluster(config, {
		onState({ isConnected, reason }) {
			if (isConnected) log.info("the other processes are in reach, through Redis");
			else log.warn({ reason }, "Redis is away: each process goes on by itself until it is back");
		},
		onError: (error) => log.error({ err: error }, "what another process said can't be done here"),
	});
	const bannedWords = await readList("BANNED_WORDS_FILE", config.bannedWordsFile);
	const page = loadPage();
	const { createServer } = await import("./server.ts");
	const store = await opening;
	const secret = await sessionSecret(config, store);
	const server = await createServer({ config, secret, store, cluster: await joining, page, bannedWords, log });

	const address = await listen(server.http, "PORT", config.port, config.host);
	if (config.metricsPort !== undefined)
		await listen(server.metricsHttp, "METRICS_PORT", config.metricsPort, config.host);
	const stopWatching = watchForWake((jumpMs) => {
		log.warn({ jumpMs }, "the clock jumped: every line is cut, to be made anew");
		server.disconnectAll();
	});
	const stopForgetting = keepForDays(server.chat.rooms, config.retentionDays, (error) => {
		log.error({ err: error }, "what is past its time could not be removed");
	});

	let endingSince: number | undefined;
	async function end(signal: string): Promise<void> {
		if (endingSince !== undefined) {
			// Whoever asks again does not want to wait; but under npm one Ctrl-C arrives twice.
			if (systemClock.monotonic() - endingSince > ECHO_MS) process.exit(1);
			return;
		}
		endingSince = systemClock.monotonic();
		log.info({ signal }, "draining");
		stopWatching();
		stopForgetting();
		await server.close();
		server.metricsHttp.close();
		await store.close();
		log.info("ended");
	}
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(signal));

	// Last: whoever waits for it may end the process at once.
	log.info({ build: BUILD_ID, ...address, url: urlOf(address) }, "listening");
	if (process.stdout.isTTY) console.log(`\n  The chat is open at ${urlOf(address)}\n`);
}

async function readList(variable: string, path: string | undefined): Promise<string> {
	if (path === undefined) return "";
	try {
		return await readFile(path, "utf8");
	} catch (error) {
		throw new StartError(`${variable} is ${path}, which can't be read (${codeOf(error)}).`);
	}
}

function listen(http: HttpServer, variable: string, port: number, host: string): Promise<AddressInfo> {
	return new Promise((resolve, reject) => {
		http.once("error", (error) => {
			const reason = codeOf(error) === "EADDRINUSE" ? "something else listens there already" : codeOf(error);
			const remedy = `set ${variable} to another port, or HOST to another address`;
			reject(new StartError(`${variable} is ${port}, where the chat can't listen (${reason}); ${remedy}.`));
		});
		http.listen(port, host, () => resolve(http.address() as AddressInfo));
	});
}

function urlOf({ address, port, family }: AddressInfo): string {
	const isAny = address === "0.0.0.0" || address === "::";
	return `http://${isAny ? "localhost" : family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function codeOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? String(error);
}

try {
	await main();
} catch (error) {
	const isOperators = [ConfigError, PageError, SecretError, StartError].some((kind) => error instanceof kind);
	console.error(isOperators ? (error as Error).message : error);
	process.exit(1);
}
