import { randomUUID } from "node:crypto";
import { openSession } from "../smoke/session.ts";
import { checkCookie } from "./cookie.ts";
import { type Finding, fail } from "./finding.ts";
import { checkServer } from "./server.ts";
import { checkTls } from "./tls.ts";
import { checkTransports } from "./transports.ts";

/** Runs every check and yields its findings. Stops if the server does not respond. */
export async function* diagnose(url: string): AsyncGenerator<Finding> {
	yield await checkTls(url);
	const server = await checkServer(url);
	yield* server;
	if (server.some(({ verdict }) => verdict === "FAIL")) return;

	const name = `doctor ${randomUUID().slice(0, 8)}`;
	const session = await openSession(url, name).catch((error: Error) => error);
	if (session instanceof Error) {
		yield fail("session", session.message, "Users cannot sign in. See the server's log.");
		return;
	}
	try {
		yield checkCookie(url, session);
		yield* await checkTransports(url, session.token);
	} finally {
		await session.signOut().catch(() => {});
	}
}
