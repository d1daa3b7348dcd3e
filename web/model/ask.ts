import type { Ack, Refusal } from "../../app/protocol/refusal.ts";

const TIMEOUT_MS = 15_000;

/** Asks the server by HTTP. Never rejects: what is not an answer of ours is a retryable refusal. */
export type Ask = <T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<Ack<T>>;

export function createAsk(fetch: typeof globalThis.fetch, url: string): Ask {
	return async (method, path, body) => {
		try {
			const response = await fetch(url + path, {
				method,
				signal: AbortSignal.timeout(TIMEOUT_MS),
				...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
			});
			const answer = response.status === 204 ? {} : await response.json();
			if (response.ok) return { ok: true, data: answer };
			return { ok: false, error: isRefusal(answer?.error) ? answer.error : UNREACHABLE };
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
