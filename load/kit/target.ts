/** Requests to a server at an address that somebody gave: whatever responds there is not trusted. */

/** More than any response that is read, such as the metrics of a large chat. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_SHOWN_CHARS = 300;

/**
 * Fetches without following redirects, which would take the tokens in the headers to another host. Rejects with a sentence for
 * a redirect, and while the body is read if it is too long.
 */
export async function fetchTarget(url: string, init: RequestInit = {}): Promise<Response> {
	const response = await fetch(url, { ...init, redirect: "manual" });
	const { status, headers } = response;
	if (headers.has("location") && status >= 300 && status < 400) {
		await response.body?.cancel();
		throw new Error(`it redirects to ${printable(headers.get("location")!)}; give the address of the chat itself`);
	}
	return new Response(response.body?.pipeThrough(atMost(MAX_BODY_BYTES)) ?? null, { status, headers });
}

/** Returns a text of a server without what a terminal obeys, on one line, and cut. */
export function printable(text: string): string {
	const shown = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\ufffd");
	return shown.length > MAX_SHOWN_CHARS ? `${shown.slice(0, MAX_SHOWN_CHARS)}…` : shown;
}

function atMost(bytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
	let left = bytes;
	return new TransformStream({
		transform(chunk, controller) {
			left -= chunk.length;
			if (left >= 0) controller.enqueue(chunk);
			else controller.error(new Error(`the response has more than ${bytes / 1024 / 1024} MiB`));
		},
	});
}
