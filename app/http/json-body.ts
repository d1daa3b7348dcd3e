import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../protocol/refusal.ts";
import { accept, parse, refuse } from "../room/refusals.ts";
import type { RequestContext } from "./deps.ts";

/** Enough for every JSON body that a route takes, however it is escaped. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Reads a body and holds it against a schema. A form on another site can send a body, but never with this
 * content type unless the browser has asked us first, which we don't answer.
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
		return refuse("bad_request", "The body is not JSON that can be read.");
	}
	return parse(schema, input);
}

/** Reads no further than the bound, whatever length was announced. Rejects where it is cut off or is no UTF-8. */
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
			return refuse("too_long", `A body is at most ${MAX_BODY_BYTES} bytes long.`);
		}
		text += decoder.decode(value, { stream: true });
	}
	return accept(text + decoder.decode());
}
