import type { GenericSchema, InferOutput } from "valibot";
import type { Ack } from "../protocol.ts";
import { parse, refuse } from "../room/refusals.ts";
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
		input = await c.req.json();
	} catch {
		return refuse("bad_request", "The body is not JSON that can be read.");
	}
	return parse(schema, input);
}
