import { createHash } from "node:crypto";
import type { FileInfo } from "../../app/protocol/file.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { Random } from "../kit/random.ts";
import { fetchTarget } from "../kit/target.ts";
import { nowMs } from "../measure/clock.ts";
import { pictureBytes, pictureName, pictureOf } from "./shared-picture.ts";
import type { Thread } from "./thread.ts";

/** The share of members who have the room open, and see a picture when it arrives. */
const VIEWERS = 0.3;
const NOT_FOUND = 404;
const TIMEOUT_MS = 60_000;

type Person = { user: number; server: string; token: string };

/** The files that one user uploads and downloads. Each byte that is downloaded is compared with what was uploaded, by its hash. */
export class FileTransfers {
	readonly #thread: Thread;
	readonly #person: Person;
	readonly #random: Random;

	constructor(thread: Thread, person: Person) {
		this.#thread = thread;
		this.#person = person;
		this.#random = new Random(`user ${person.user} files`);
	}

	/** Uploads a picture. Calls `onStored` with its id, or with undefined if it was not stored. */
	upload(room: string, onStored: (id: string | undefined) => void): void {
		this.#transfer("upload", () => this.#upload(room)).then(onStored);
	}

	/** Downloads the files of a message that has arrived, if this member looks at it. */
	see(room: string, seq: number, files: readonly FileInfo[]): void {
		if (!this.#random.chance(VIEWERS)) return;
		for (const file of files) void this.#transfer("download", () => this.#download(room, seq, file));
	}

	/** A transfer that the end of the run interrupts is no error. */
	async #transfer<T>(name: "upload" | "download", run: () => Promise<T>): Promise<T | undefined> {
		const { counts } = this.#thread;
		const startedMs = nowMs();
		this.#thread.inFlight++;
		try {
			const result = await run();
			counts.record(name, nowMs() - startedMs);
			return result;
		} catch (error) {
			this.#thread.countError(`${name}: ${(error as Error).message}`);
			return undefined;
		} finally {
			this.#thread.inFlight--;
		}
	}

	async #upload(room: string): Promise<string> {
		const content = pictureOf(pictureBytes(this.#random));
		const query = new URLSearchParams({ room, name: pictureName(content) });
		const response = await this.#fetch(`/api/files?${query}`, { method: "POST", body: new Uint8Array(content) });
		const body = (await response.json()) as FileInfo & { error: Refusal };
		if (response.status !== 201) throw new Error(body.error?.code ?? String(response.status));
		const { files } = this.#thread.room(room);
		files.uploaded++;
		files.uploadedBytes += content.length;
		return body.id;
	}

	async #download(room: string, seq: number, { id, name, bytes }: FileInfo): Promise<void> {
		const { files } = this.#thread.room(room);
		const response = await this.#fetch(`/api/files/${id}`);
		if (response.status === NOT_FOUND) {
			await response.body?.cancel();
			files.notFound.push(seq);
			return;
		}
		if (response.status !== 200) throw new Error(String(response.status));
		const hash = createHash("sha256");
		let received = 0;
		for await (const chunk of response.body!) {
			hash.update(chunk);
			received += chunk.length;
		}
		files.downloaded++;
		files.downloadedBytes += received;
		if (received !== bytes || name !== `${hash.digest("hex")}.webp`) files.altered++;
	}

	#fetch(path: string, init: RequestInit = {}): Promise<Response> {
		const { server, token } = this.#person;
		const headers = { authorization: `Bearer ${token}` };
		return fetchTarget(`${server}${path}`, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
	}
}
