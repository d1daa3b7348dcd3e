import * as v from "valibot";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { fetchTarget, printable } from "../../load/kit/target.ts";
import { causeOf } from "./cause.ts";

const REQUEST_TIMEOUT_MS = 15_000;

const SessionAnswer = v.object({ user: v.object({ id: v.string(), name: v.string() }), token: v.string() });

export type SmokeSession = {
	user: User;
	token: string;
	/** The `Set-Cookie` header of the response, or "" without one. */
	setCookie: string;
	/** Ends the session. Rejects unless the server confirms it. */
	signOut(): Promise<void>;
};

/** Signs in over HTTP. Rejects with a sentence that gives the reason. */
export async function openSmokeSession(url: string, name: string): Promise<SmokeSession> {
	const response = await request(url, "POST", JSON.stringify({ name }));
	const body: unknown = await response.json().catch(() => undefined);
	if (response.status !== 201) throw new Error(`POST /api/session returned ${response.status}${sentenceOf(body)}`);
	if (!v.is(SessionAnswer, body)) throw new Error("POST /api/session returned 201 without a user and a token");
	const setCookie = response.headers.getSetCookie().find((line) => /^(__Host-)?session=/.test(line)) ?? "";
	const cookie = setCookie.split(";")[0]!;
	return {
		user: body.user,
		token: body.token,
		setCookie,
		async signOut() {
			const ended = await request(url, "DELETE", undefined, cookie);
			if (ended.status !== 204) throw new Error(`DELETE /api/session returned ${ended.status}`);
		},
	};
}

/** Returns who may come in, if a session of a new user may not. */
export async function closedAccess(url: string, token: string): Promise<string | undefined> {
	const headers = { cookie: `session=${token}`, ...loadToken() };
	const response = await fetchTarget(`${url}/api/session`, {
		headers,
		signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
	});
	if (response.status !== 401) return undefined;
	const body = (await response.json().catch(() => undefined)) as { error?: Refusal } | undefined;
	return body?.error?.access;
}

async function request(url: string, method: string, body?: string, cookie = ""): Promise<Response> {
	const headers = {
		...(body === undefined ? {} : { "content-type": "application/json" }),
		...(cookie === "" ? {} : { cookie }),
		...loadToken(),
	};
	const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
	try {
		return await fetchTarget(`${url}/api/session`, {
			method,
			headers,
			signal,
			...(body === undefined ? {} : { body }),
		});
	} catch (error) {
		throw new Error(`${method} /api/session got no response: ${causeOf(error)}`);
	}
}

/** Returns the header that lifts the limits per address, if LOAD_TOKEN is set. */
export function loadToken(): Record<string, string> {
	const token = process.env.LOAD_TOKEN?.trim();
	return token ? { "x-load-token": token } : {};
}

function sentenceOf(body: unknown): string {
	const { error } = (body ?? {}) as { error?: Partial<Refusal> };
	return error?.message === undefined ? "" : `: ${printable(String(error.message))}`;
}
