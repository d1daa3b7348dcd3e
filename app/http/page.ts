import { Hono } from "hono";
import type { AppDeps, Env, PageFile, RequestContext } from "./deps.ts";

const IMMUTABLE = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";

/** The page: one document for `/` and every room's link, and the files that it is made of. */
export function pageRoutes({ page }: Pick<AppDeps, "page">): Hono<Env> {
	const serve = (c: RequestContext, path: string) => {
		const file = page.file(path);
		return file ? answer(c, file, path.startsWith("/assets/") ? IMMUTABLE : ASK_AGAIN) : c.notFound();
	};
	return new Hono<Env>()
		.on("GET", ["/", "/r/:room"], (c) => serve(c, "/index.html"))
		.get("/*", (c) => serve(c, c.req.path));
}

function answer(c: RequestContext, file: PageFile, cacheControl: string): Response {
	c.header("Cache-Control", cacheControl);
	c.header("ETag", file.etag);
	if (file.brotli) c.header("Vary", "Accept-Encoding");
	if (matches(c.req.header("if-none-match"), file.etag)) return c.body(null, 304);
	c.header("Content-Type", file.type);
	if (file.brotli === undefined || !acceptsBrotli(c.req.header("accept-encoding"))) return c.body(file.bytes);
	c.header("Content-Encoding", "br");
	return c.body(file.brotli);
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
	return ifNoneMatch?.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*") ?? false;
}

function acceptsBrotli(acceptEncoding: string | undefined): boolean {
	return (
		acceptEncoding?.split(",").some((coding) => /^br(;q=(1|0?\.\d*[1-9]).*)?$/.test(coding.replaceAll(" ", ""))) ??
		false
	);
}
