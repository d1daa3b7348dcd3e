import type { HeaderOf } from "../../request-trust/headers.ts";
import type { AppDeps, PageFile } from "../deps.ts";
import type { FastPathResponse, FastPathRoutes } from "../fast-path-response.ts";

const IMMUTABLE = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache";
/** Paths of the document: `/`, the claim link, and the links of rooms and of messages. */
const DOCUMENT_PATH = /^\/(claim|r\/[^/]+(\/\d*)?)?$/;

/** The document of the page and its files. */
export function pageRoutes({ page }: Pick<AppDeps, "page">): FastPathRoutes {
	return (path, header) => {
		const file = page.file(DOCUMENT_PATH.test(path) ? "/index.html" : path);
		return file && response(file, path.startsWith("/assets/") ? IMMUTABLE : REVALIDATE, header);
	};
}

function response(file: PageFile, cacheControl: string, header: HeaderOf): FastPathResponse {
	const headers: Record<string, string> = { "Cache-Control": cacheControl, ETag: file.etag };
	if (file.brotli) headers.Vary = "Accept-Encoding";
	if (matches(header("if-none-match"), file.etag)) return { status: 304, headers, body: null };
	headers["Content-Type"] = file.type;
	if (file.brotli === undefined || !acceptsBrotli(header("accept-encoding")))
		return { status: 200, headers, body: file.bytes };
	headers["Content-Encoding"] = "br";
	return { status: 200, headers, body: file.brotli };
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
