import { fileURLToPath } from "node:url";

/** The chat's server, for those who start one of their own beside them. */
export const MAIN = fileURLToPath(new URL("../app/main.ts", import.meta.url));

/** What holds each person and each address back, lifted as an operator lifts it: a few programs speak for many people. */
export const LIFTED_LIMITS = {
	LIMIT_MESSAGES_PER_S: "0",
	LIMIT_PACKETS_PER_S: "0",
	LIMIT_JOINS_PER_S: "0",
	LIMIT_READS_PER_S: "0",
	LIMIT_SESSIONS_PER_S: "0",
	LIMIT_CONNECTIONS_PER_USER: "0",
	LIMIT_CONNECTIONS_PER_ADDRESS: "0",
};

/** Whether the server at this address can take messages. */
export async function isReady(url: string, timeoutMs = 5_000): Promise<boolean> {
	const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
	await response?.body?.cancel().catch(() => undefined);
	return response?.status === 200;
}
