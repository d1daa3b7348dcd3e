/** A server with one S3-compatible bucket, in memory. It checks signatures by itself, as the documentation of S3 has them. */
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const [KEY, SECRET, REGION, BUCKET] = ["the key", "the/secret+", "test-1", "files"];

export type BucketServer = {
	/** The value of `FILES_URL`. */
	url: string;
	contents: Map<string, { bytes: Buffer; storedAt: number }>;
	/** Refuses every request with this status while it is set. */
	failure: number | undefined;
	close(): void;
};

export async function startBucketServer(): Promise<BucketServer> {
	const contents: BucketServer["contents"] = new Map();
	const http = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		if (server.failure !== undefined) return fail(response, server.failure, "SlowDown");
		if (!isSigned(request)) return fail(response, 403, "SignatureDoesNotMatch");
		respond(contents, request, response, Buffer.concat(chunks));
	});
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const { port } = http.address() as AddressInfo;
	const server: BucketServer = {
		url: `http://${encodeURIComponent(KEY!)}:${encodeURIComponent(SECRET!)}@127.0.0.1:${port}/${BUCKET}?region=${REGION}`,
		contents,
		failure: undefined,
		close() {
			http.closeAllConnections();
			http.close();
		},
	};
	return server;
}

function respond(
	contents: BucketServer["contents"],
	{ method, url = "/", headers }: IncomingMessage,
	response: ServerResponse,
	body: Buffer,
): void {
	const { pathname, searchParams } = new URL(url, "http://bucket");
	const [, bucket, key = ""] = pathname.split("/");
	const content = contents.get(key);
	if (bucket !== BUCKET) fail(response, 404, "NoSuchBucket");
	else if (method === "GET" && key === "") list(contents, searchParams, response);
	else if (method === "PUT" && headers["content-length"] === undefined) fail(response, 411, "MissingContentLength");
	else if (method === "PUT") {
		contents.set(key, { bytes: body, storedAt: Date.now() });
		response.writeHead(200).end();
	} else if (method === "DELETE") {
		contents.delete(key);
		response.writeHead(204).end();
	} else if (!content) fail(response, 404, "NoSuchKey");
	else {
		const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
		const bytes = start === undefined ? content.bytes : content.bytes.subarray(Number(start), Number(end) + 1);
		response.writeHead(start === undefined ? 200 : 206, { "content-length": bytes.length });
		response.end(method === "HEAD" ? undefined : bytes);
	}
}

function list(contents: BucketServer["contents"], query: URLSearchParams, response: ServerResponse): void {
	const after = query.get("continuation-token") ?? "";
	const keys = [...contents.keys()].sort().filter((key) => key > after);
	// Fewer than real buckets return, so that there are several pages.
	const page = keys.slice(0, Math.min(Number(query.get("max-keys")), 2));
	const items = page.map((key) => {
		const modified = new Date(contents.get(key)!.storedAt).toISOString();
		return `<Contents><Key>${key}</Key><LastModified>${modified}</LastModified></Contents>`;
	});
	const isMore = keys.length > page.length;
	const next = isMore ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
	response.writeHead(200, { "content-type": "application/xml" });
	response.end(`<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${next}${items.join("")}</ListBucketResult>`);
}

function fail(response: ServerResponse, status: number, code: string): void {
	response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
}

/** Checks the signature of a request: AWS Signature Version 4. */
function isSigned({ method, url = "/", headers }: IncomingMessage): boolean {
	const authorization = /^AWS4-HMAC-SHA256 Credential=(.*?), SignedHeaders=(.*?), Signature=(.*)$/.exec(
		headers.authorization ?? "",
	);
	const [, credential = "", signedHeaders = "", signature] = authorization ?? [];
	const [key, date, region] = credential.split("/");
	if (key !== KEY || region !== REGION) return false;
	const { pathname, searchParams } = new URL(url, "http://bucket");
	const query = [...searchParams]
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.sort()
		.join("&");
	const signed = signedHeaders.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
	const hash = headers["x-amz-content-sha256"];
	const canonical = [method, pathname, query, signed.join(""), signedHeaders, hash].join("\n");
	const scope = `${date}/${region}/s3/aws4_request`;
	const digest = createHash("sha256").update(canonical).digest("hex");
	const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest].join("\n");
	const keys = [date!, region!, "s3", "aws4_request"];
	const signing = keys.reduce<Buffer | string>((from, part) => hmac(from, part), `AWS4${SECRET}`);
	return hmac(signing, text).toString("hex") === signature;
}

function hmac(key: Buffer | string, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}
