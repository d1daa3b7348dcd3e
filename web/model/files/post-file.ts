import type { FileInfo } from "../../../app/protocol/file.ts";
import type { Ack, Refusal } from "../../../app/protocol/refusal.ts";

/** An upload that sends nothing for this long is ended. */
const STALLED_MS = 30_000;

export type FileQuery = { room: string } & Pick<FileInfo, "name" | "alt" | "thumbhash">;

/** Uploads a content. Never rejects: a network that fails, and a `signal` that aborts, become a retryable refusal. */
export type PostFile = (
	content: Blob,
	query: FileQuery,
	options: { signal: AbortSignal; onProgress: (part: number) => void },
) => Promise<Ack<FileInfo>>;

/** By an XMLHttpRequest: `fetch` does not report what was sent. */
export const postFile: PostFile = (content, { room, name, alt, thumbhash }, { signal, onProgress }) =>
	new Promise((resolve) => {
		const query = new URLSearchParams({ room, name, ...(alt && { alt }), ...(thumbhash && { thumbhash }) });
		const request = new XMLHttpRequest();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
			resolve(ackOf(request));
		};
		const abort = () => request.abort();
		const watch = () => {
			clearTimeout(timer);
			timer = setTimeout(abort, STALLED_MS);
		};
		signal.addEventListener("abort", abort);
		request.open("POST", `/api/files?${query}`);
		request.upload.addEventListener("progress", ({ loaded, total }) => {
			watch();
			onProgress(loaded / total);
		});
		// After a response, an error and an abort.
		request.addEventListener("loadend", end);
		watch();
		request.send(content);
	});

function ackOf({ status, responseText }: XMLHttpRequest): Ack<FileInfo> {
	try {
		const result = JSON.parse(responseText);
		if (status === 201) return { ok: true, data: result };
		if (result.error.code) return { ok: false, error: result.error };
	} catch {
		// No response, or that of a proxy.
	}
	return { ok: false, error: BROKEN_OFF };
}

const BROKEN_OFF: Refusal = {
	code: "unavailable",
	message: "The upload broke off. Check your connection and try again.",
	retryable: true,
};
