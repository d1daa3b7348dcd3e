import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { noteServerTime } from "./server-clock.ts";

const TIMEOUT_MS = 15_000;

/** Calls the HTTP API. Never rejects: an unreachable server or an unknown response becomes a retryable refusal. */
export type ApiClient = <T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown) => Promise<Ack<T>>;

export function createApiClient(fetch: typeof globalThis.fetch, url: string): ApiClient {
	return async (method, path, body) => {
		try {
			const response = await fetch(url + path, {
				method,
				signal: AbortSignal.timeout(TIMEOUT_MS),
				// Signing out is completed when the page is closed meanwhile.
				keepalive: method === "DELETE",
				...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
			});
			noteServerTime(Date.parse(response.headers.get("date")!));
			const result = response.status === 204 ? {} : await response.json();
			if (response.ok) return { ok: true, data: result };
			return { ok: false, error: isRefusal(result?.error) ? result.error : UNREACHABLE };
		} catch {
			return { ok: false, error: UNREACHABLE };
		}
	};
}

function isRefusal(value: unknown): value is Refusal {
	return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

const UNREACHABLE: Refusal = {
	code: "unavailable",
	message: "Can't reach the server. Check your connection and try again.",
	retryable: true,
};
