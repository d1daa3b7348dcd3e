import type { HeaderOf } from "../request-trust/headers.ts";

/** A response without the classes of `fetch`. */
export type FastPathResponse = {
	status: 200 | 304 | 503;
	headers: Record<string, string>;
	body: string | Uint8Array<ArrayBuffer> | null;
};

/** Returns the response to a GET of a path, or undefined if no route has it. It throws or rejects only by a bug. */
export type FastPathRoutes = (
	path: string,
	header: HeaderOf,
) => FastPathResponse | Promise<FastPathResponse> | undefined;
