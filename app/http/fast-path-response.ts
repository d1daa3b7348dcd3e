import type { HeaderOf } from "../request-trust/headers.ts";

/** An answer as data; `plain-answers.ts` says what for. */
export type FastPathResponse = {
	status: 200 | 304 | 503;
	headers: Record<string, string>;
	body: string | Uint8Array<ArrayBuffer> | null;
};

/** What answers a GET of a path; undefined where there is nothing of that name. May throw or reject: a bug. */
export type FastPathRoutes = (
	path: string,
	header: HeaderOf,
) => FastPathResponse | Promise<FastPathResponse> | undefined;
