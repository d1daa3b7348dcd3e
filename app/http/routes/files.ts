import { Hono } from "hono";
import * as v from "valibot";
import { type FileInfo, INLINE_TYPES } from "../../protocol/file.ts";
import { FileId, UploadQuerySchema } from "../../protocol/schemas/file.ts";
import { parse, refuse } from "../../room/refusals.ts";
import { contentDisposition } from "../content-disposition.ts";
import type { AppDeps, Env, RequestContext } from "../deps.ts";
import { signedIn } from "../guards.ts";
import { rangeOf } from "../range.ts";
import { createdResponse, refusalResponse } from "../responses.ts";

const FileParams = v.object({ id: FileId });
/** A content never changes, and each person's browser may keep it for as long as it can be read. */
const CACHING = "private, max-age=31536000, immutable";
/** A file that is opened by its address runs nothing, loads nothing and has an origin of its own. */
const SANDBOX = "default-src 'none'; sandbox";

const DRAINING = refuse("draining", "The server is about to restart. Try again in a moment.", { retryAfterMs: 1_000 });

/** `/api/files`: uploads, and the contents of files for those who may read them (rules F1 to F5). */
export function fileRoutes(deps: AppDeps): Hono<Env> {
	const { files } = deps.chat;
	return new Hono<Env>()
		.use(signedIn(deps))
		.post("/", async (c) => {
			if (deps.isDraining()) return unread(c, deps, refusalResponse(c, DRAINING.error));
			const query = parse(UploadQuerySchema, c.req.query());
			if (!query.ok) return unread(c, deps, refusalResponse(c, query.error));
			const { user } = c.get("session");
			const stored = await files.upload(user, {
				...query.data,
				length: lengthOf(c),
				content: contentOf(c, deps),
			});
			return stored.ok ? createdResponse(c, stored) : unread(c, deps, refusalResponse(c, stored.error));
		})
		.get("/:id", async (c) => {
			const params = parse(FileParams, c.req.param());
			// An id of another form is that of no file.
			if (!params.ok) return refusalResponse(c, { ...params.error, code: "not_found" });
			const found = await files.find(c.get("session").user, params.data.id);
			return found.ok ? contentResponse(c, deps, found.data) : refusalResponse(c, found.error);
		});
}

async function contentResponse(c: RequestContext, { chat }: AppDeps, info: FileInfo): Promise<Response> {
	const { id, name, type, bytes } = info;
	const etag = `"${id}"`;
	const headers: Record<string, string> = { ETag: etag, "Cache-Control": CACHING, Vary: "Cookie, Authorization" };
	if (tagsIn(c.req.header("if-none-match")).includes(etag)) return c.body(null, 304, headers);
	const isSame = (c.req.header("if-range") ?? etag) === etag;
	const range = isSame ? rangeOf(c.req.header("range"), bytes) : undefined;
	Object.assign(headers, {
		"Content-Type": type,
		"Content-Disposition": contentDisposition(INLINE_TYPES.has(type) ? "inline" : "attachment", name),
		"Content-Security-Policy": SANDBOX,
		"Cross-Origin-Resource-Policy": "same-origin",
		"Accept-Ranges": "bytes",
	});
	if (range === "unsatisfiable") return c.body(null, 416, { ...headers, "Content-Range": `bytes */${bytes}` });
	const { start, end } = range ?? { start: 0, end: bytes - 1 };
	if (range) headers["Content-Range"] = `bytes ${start}-${end}/${bytes}`;
	headers["Content-Length"] = String(end - start + 1);
	const status = range ? 206 : 200;
	if (c.req.method === "HEAD") return c.body(null, status, headers);
	const content = await chat.files.content(id, range);
	return content instanceof ReadableStream ? c.body(content, status, headers) : refusalResponse(c, content.error);
}

function tagsIn(header = ""): string[] {
	return header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}

/** Returns the declared length; undefined for a body that is sent in chunks. */
function lengthOf(c: RequestContext): number | undefined {
	const declared = c.req.header("content-length");
	return declared !== undefined && /^\d{1,15}$/.test(declared) ? Number(declared) : undefined;
}

/** Node's own stream takes half of the memory that a web stream over it takes. */
function contentOf(c: RequestContext, { nodeRequest }: Pick<AppDeps, "nodeRequest">): AsyncIterable<Uint8Array> {
	// The connection stays open for the response where not all is read.
	return nodeRequest(c.env)?.iterator({ destroyOnReturn: false }) ?? chunksOf(c.req.raw.body);
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
	const reader = body?.getReader();
	try {
		for (;;) {
			const { done, value } = (await reader?.read()) ?? { done: true };
			if (done) return;
			yield value!;
		}
	} finally {
		await reader?.cancel();
	}
}

/** Ends the connection after a response to a request whose body was not read to its end. */
function unread(c: RequestContext, { nodeRequest }: Pick<AppDeps, "nodeRequest">, response: Response): Response {
	if (!nodeRequest(c.env)) void c.req.raw.body?.cancel().catch(() => undefined);
	response.headers.set("Connection", "close");
	return response;
}
