import { randomUUID } from "node:crypto";
import { signIn } from "../smoke/session.ts";
import { checkCookie } from "./cookie.ts";
import { type Finding, fail } from "./finding.ts";
import { checkServer } from "./server.ts";
import { checkTls } from "./tls.ts";
import { checkTransports } from "./transports.ts";

/** Every check, one finding at a time. The rest is left out where the server does not answer at all. */
export async function* examine(url: string): AsyncGenerator<Finding> {
	yield await checkTls(url);
	const server = await checkServer(url);
	yield* server;
	if (server.some(({ verdict }) => verdict === "FAIL")) return;

	const name = `doctor ${randomUUID().slice(0, 8)}`;
	const session = await signIn(url, name).catch((error: Error) => error);
	if (session instanceof Error) {
		yield fail("session", session.message, "People can't sign in: see the server's log.");
		return;
	}
	try {
		yield checkCookie(url, session);
		yield* await checkTransports(url, session.token);
	} finally {
		await session.signOut().catch(() => {});
	}
}
