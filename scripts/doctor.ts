#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { readServerUrl, runOperatorCommand } from "./command.ts";
import { checkCookie } from "./doctor/cookie.ts";
import { type Finding, fail, format, warn } from "./doctor/finding.ts";
import { checkServer } from "./doctor/server.ts";
import { checkTls } from "./doctor/tls.ts";
import { checkTransports } from "./doctor/transports.ts";
import { closedAccess, openSmokeSession } from "./smoke/session.ts";

const HELP = `Checks a running Hubbub from this computer. Each line is the result of a check, with a remedy if it failed.

  npm run doctor -- URL      for example https://my-chat.fly.dev or http://localhost:3000

It checks TLS, health, version, latency, clock, cookie, WebSocket, the fallback to polling, and the upgrade to WebSocket.
Exit code: 0 no check failed, 1 a check failed, 2 invalid command line.`;

await runOperatorCommand(HELP, {}, async (positionals) => {
	for await (const finding of diagnose(readServerUrl(positionals))) {
		console.log(format(finding));
		if (finding.verdict === "FAIL") process.exitCode = 1;
	}
});

/** Runs every check and yields its findings. Stops if the server does not respond. */
async function* diagnose(url: string): AsyncGenerator<Finding> {
	yield await checkTls(url);
	const server = await checkServer(url);
	yield* server;
	if (server.some(({ verdict }) => verdict === "FAIL")) return;

	const name = `doctor ${randomUUID().slice(0, 8)}`;
	const session = await openSmokeSession(url, name).catch((error: Error) => error);
	if (session instanceof Error) {
		yield fail("session", session.message, "Users cannot sign in. See the server's log.");
		return;
	}
	try {
		yield checkCookie(url, session);
		const closed = await closedAccess(url, session.token);
		if (closed !== undefined) {
			yield warn("access", `strangers may not come in (${closed})`, "Set LOAD_TOKEN to check the transports too.");
			return;
		}
		yield* await checkTransports(url, session.token);
	} finally {
		await session.signOut().catch(() => {});
	}
}
