import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../protocol/refusal.ts";
import { accept, parse, refuse } from "../room/refusals.ts";
import type { RequestContext } from "./deps.ts";

/** Enough for every JSON body that a route accepts, with any escapes. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Reads a body and parses it with a schema. A form on another site can't send a body of this content type: the browser
 * would send a preflight request first, which the server does not accept.
 */
export async function jsonBody<S extends GenericSchema>(c: RequestContext, schema: S): Promise<Ack<InferOutput<S>>> {
	if (!/^application\/json *(;|$)/i.test(c.req.header("content-type") ?? ""))
		return refuse("bad_request", "Send the body as JSON, with the header Content-Type: application/json.");
	let input: unknown;
	try {
		const text = await boundedText(c.req.raw.body);
		if (!text.ok) return text;
		input = JSON.parse(text.data);
	} catch {
		return refuse("bad_request", "The body is not valid JSON.");
	}
	return parse(schema, input);
}

/** Reads at most MAX_BODY_BYTES, whatever length is declared. Rejects if the body breaks off or is not UTF-8. */
async function boundedText(body: ReadableStream<Uint8Array> | null): Promise<Ack<string>> {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	let text = "";
	let bytes = 0;
	for (const reader = body?.getReader(); reader; ) {
		const { done, value } = await reader.read();
		if (done) break;
		bytes += value.length;
		if (bytes > MAX_BODY_BYTES) {
			await reader.cancel();
			return refuse("too_long", `A body has at most ${MAX_BODY_BYTES} bytes.`);
		}
		text += decoder.decode(value, { stream: true });
	}
	return accept(text + decoder.decode());
}
