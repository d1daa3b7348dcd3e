import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AwsClient } from "aws4fetch";
import { FILE_ID } from "../protocol/file.ts";
import { type ByteRange, type FileStorage, FileStorageUnavailable } from "../room/ports/file-storage.ts";
import { unavailableOnFailure } from "./unavailable-on-failure.ts";

/** Attempts after one that failed on the bucket's side. */
const RETRIES = 2;
/** Time for the bucket's response to a request without a body. A content has as long as it takes at 100 kB/s besides. */
const REQUEST_MS = 10_000;
const SLOWEST_BYTES_PER_MS = 100;
/** Contents that are sent to the bucket at a time: each is in memory meanwhile. */
const PARALLEL = 4;

/**
 * The contents of files in an S3-compatible bucket, by their ids. A content is complete in a temporary file before it is
 * sent with its length, so that nothing of a broken upload reaches the bucket.
 */
export class BucketFileStorage implements FileStorage {
	readonly #client: AwsClient;
	/** The bucket's address, with a slash at its end. */
	readonly #url: URL;
	#sending = 0;
	readonly #waiting: (() => void)[] = [];

	private constructor(client: AwsClient, url: URL) {
		this.#client = client;
		this.#url = url;
	}

	/** Opens the bucket `https://KEY:SECRET@host/bucket?region=auto`. Rejects with a sentence for the operator. */
	static async open(address: string): Promise<BucketFileStorage> {
		const url = new URL(address);
		const [accessKeyId, secretAccessKey] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
		const region = url.searchParams.get("region") ?? "auto";
		const place = new URL(`${url.pathname.replace(/\/*$/, "/")}`, url.origin);
		if (!accessKeyId || !secretAccessKey || place.pathname === "/")
			throw new Error("FILES_URL must name a key, a secret and a bucket: https://KEY:SECRET@host/bucket?region=auto.");
		const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: RETRIES });
		const bucket = new BucketFileStorage(client, place);
		await bucket.#pageOfKeys(undefined, 1).catch((cause: Error) => {
			throw new Error(`The bucket of FILES_URL can't be used: ${cause.message}.`, { cause });
		});
		return bucket;
	}

	async put(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
		const folder = await unavailableOnFailure(() => mkdtemp(join(tmpdir(), "hubbub-upload-")));
		try {
			const path = join(folder, "content");
			await spool(content, path);
			await this.#inTurn(async () => {
				const body = await unavailableOnFailure(() => readFile(path));
				await this.#request("PUT", this.#urlOf(id), { body, headers: { "content-type": "application/octet-stream" } });
			});
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	async get(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined> {
		const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
		const response = await this.#request("GET", this.#urlOf(id), { headers });
		return response.status === 404 ? undefined : (response.body ?? undefined);
	}

	async remove(id: string): Promise<void> {
		await this.#request("DELETE", this.#urlOf(id));
	}

	/** What is incomplete is not in the bucket. */
	async removePartial(): Promise<void> {}

	async *list(before: number): AsyncGenerator<string[]> {
		for (let after: string | undefined; ; ) {
			const { keys, next } = await this.#pageOfKeys(after);
			const ids = keys.filter(({ key, storedAt }) => FILE_ID.test(key) && storedAt < before).map(({ key }) => key);
			if (ids.length > 0) yield ids;
			if (next === undefined) return;
			after = next;
		}
	}

	async has(id: string): Promise<boolean> {
		return (await this.#request("HEAD", this.#urlOf(id))).status !== 404;
	}

	#urlOf(id: string): URL {
		if (!FILE_ID.test(id)) throw new Error(`${JSON.stringify(id)} is not the id of a file`);
		return new URL(id, this.#url);
	}

	async #pageOfKeys(after: string | undefined, limit = 1_000) {
		const url = new URL(this.#url.href.replace(/\/$/, ""));
		url.search = new URLSearchParams({
			"list-type": "2",
			"max-keys": String(limit),
			...(after !== undefined && { "continuation-token": after }),
		}).toString();
		const response = await this.#request("GET", url);
		if (response.status === 404) throw new FileStorageUnavailable("there is no such bucket");
		const xml = await unavailableOnFailure(() => response.text());
		const keys = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, part = ""]) => ({
			key: textIn(part, "Key") ?? "",
			storedAt: Date.parse(textIn(part, "LastModified") ?? ""),
		}));
		return { keys, next: textIn(xml, "NextContinuationToken") };
	}

	/** Returns a response that succeeded, or that says that there is nothing. */
	async #request(
		method: string,
		url: URL,
		init: { body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
	) {
		const aborting = new AbortController();
		const ms = REQUEST_MS + Math.ceil((init.body?.length ?? 0) / SLOWEST_BYTES_PER_MS);
		const timer = setTimeout(() => aborting.abort(new Error(`the bucket took longer than ${ms} ms`)), ms);
		const response = await unavailableOnFailure(() =>
			this.#client.fetch(url, { ...init, method, signal: aborting.signal }),
		).finally(() => clearTimeout(timer));
		if (response.ok || response.status === 404) return response;
		const code = textIn(await response.text().catch(() => ""), "Code") ?? "no reason";
		throw new FileStorageUnavailable(`the bucket refused with ${response.status} (${code})`);
	}

	async #inTurn(work: () => Promise<void>): Promise<void> {
		while (this.#sending >= PARALLEL) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		this.#sending++;
		try {
			await work();
		} finally {
			this.#sending--;
			this.#waiting.shift()?.();
		}
	}
}

/** Writes a content to a new file. Rejects as `content` does, or with {@link FileStorageUnavailable}. */
async function spool(content: AsyncIterable<Uint8Array>, path: string): Promise<void> {
	let failure: { error: unknown } | undefined;
	async function* watched() {
		try {
			yield* content;
		} catch (error) {
			failure = { error };
			throw error;
		}
	}
	try {
		await pipeline(watched, createWriteStream(path, { flags: "wx", mode: 0o600 }));
	} catch (cause) {
		if (failure) throw failure.error;
		throw new FileStorageUnavailable((cause as Error).message, { cause });
	}
}

function textIn(xml: string, element: string): string | undefined {
	return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
}
