/** The process: reads the settings, opens store and cluster, starts the server, and drains at the end. */
import { readFile } from "node:fs/promises";
import type { Server as HttpServer } from "node:http";
import * as module from "node:module";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { BUILD_ID } from "./build-id.ts";
import { systemClock } from "./clock.ts";
import { openCluster } from "./cluster/open.ts";
import { ConfigError, loadConfig, warningsOf } from "./config.ts";
import { openFileStorage } from "./files/open.ts";
import { loadPage, PageError } from "./http/page-files.ts";
import { createLog } from "./log.ts";
import { misspeltSettings } from "./misspelt-settings.ts";
import { keepForDays } from "./retention.ts";
import { claimCode } from "./session/claim-code.ts";
import { SecretError, sessionSecret } from "./session/secret.ts";
import { openStore } from "./store/open.ts";
import { watchForWake } from "./wake.ts";

// Caches compiled code for the next start. Deno has no such cache.
module.enableCompileCache?.();

/** Under npm, one Ctrl-C arrives as two signals. A signal within this time is ignored as a duplicate. */
const REPEAT_MS = 1_000;

/** A problem that the operator can fix. The message is a sentence for them. */
class StartError extends Error {}

async function main(): Promise<void> {
	const config = loadConfig(process.env);
	// The storage of files and the store's thread start while the rest of the program loads.
	const openingFiles = opened(openFileStorage(config));
	const opening = opened(openStore({ ...config, isServer: true }));
	const log = createLog(config.logLevel);
	for (const warning of [...warningsOf(config), ...misspeltSettings(process.env)]) log.warn(warning);
	const joining = openCluster(config, opening, {
		onState({ isConnected, reason }) {
			if (isConnected) log.info("connected to Redis");
			else log.warn({ reason }, "Redis is unreachable: each process continues by itself until Redis is back");
		},
		onError: (error) => log.error({ err: error }, "a message of another process could not be handled"),
	});
	const bannedWords = await readList("BANNED_WORDS_FILE", config.bannedWordsFile);
	const page = loadPage();
	const { createServer } = await import("./server.ts");
	const store = await opening;
	const secret = await sessionSecret(config, store);
	const [fileStorage, cluster] = await Promise.all([openingFiles, joining]);
	const server = await createServer({ config, secret, store, fileStorage, cluster, page, bannedWords, log });

	const address = await listen(server.http, "PORT", config.port, config.host);
	if (config.metricsPort !== undefined)
		await listen(server.metricsHttp, "METRICS_PORT", config.metricsPort, config.host);
	const stopWakeWatch = watchForWake((jumpMs) => {
		log.warn({ jumpMs }, "the clock jumped: all clients are disconnected and reconnect");
		server.disconnectAll();
	});
	const { rooms, readMarks } = server.chat;
	const retained = { rooms, readMarks, dropEnded: (before: number) => store.dropEnded(before) };
	const stopRetention = keepForDays(retained, {
		days: config.retentionDays,
		clock: systemClock,
		onError: (error) => log.error({ err: error }, "old messages could not be removed"),
	});

	// A process that was killed may have left contents of removed files.
	server.chat.files.deleteRemoved();

	let drainingSince: number | undefined;
	async function end(signal: string): Promise<void> {
		if (drainingSince !== undefined) {
			// A second signal ends the process at once.
			if (systemClock.monotonic() - drainingSince > REPEAT_MS) process.exit(1);
			return;
		}
		drainingSince = systemClock.monotonic();
		log.info({ signal }, "draining");
		stopWakeWatch();
		stopRetention();
		await server.close();
		server.metricsHttp.close();
		await store.close();
		log.info("ended");
	}
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(signal));

	const url = config.publicOrigins[0] ?? urlOf(address);
	const claim = server.chat.people.hasOwner ? undefined : `${url}/claim#${claimCode(secret)}`;
	// On Fly.io everybody in the organisation reads the log, and `npm run deploy` prints the link.
	if (claim && !process.stdout.isTTY && config.flyMachine === undefined)
		log.info({ claim }, "the chat has no owner: the user who opens this link becomes the owner");
	// Last: a program that waits for this line may end the process at once.
	log.info({ build: BUILD_ID, ...address, url: urlOf(address) }, "listening");
	if (process.stdout.isTTY) {
		console.log(`\n  The chat is open at ${url}\n`);
		if (claim) console.log(`  It has no owner. Open this link to become the owner:\n  ${claim}\n`);
	}
}

/** Makes a failure one for the operator. It is handled where the result is awaited, which may be later. */
function opened<T>(opening: Promise<T>): Promise<T> {
	const result = opening.catch((error: Error) => {
		throw new StartError(error.message, { cause: error });
	});
	result.catch(() => {});
	return result;
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
			const reason = codeOf(error) === "EADDRINUSE" ? "another program uses it" : codeOf(error);
			const remedy = `Set ${variable} to another port, or HOST to another address`;
			reject(new StartError(`The chat can't listen on ${variable} ${port} (${reason}). ${remedy}.`));
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
	const isForOperator = [ConfigError, PageError, SecretError, StartError].some((kind) => error instanceof kind);
	console.error(isForOperator ? (error as Error).message : error);
	process.exit(1);
}
