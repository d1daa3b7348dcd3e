import { randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdir, open, opendir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { makeFolder } from "../make-folder.ts";
import { FILE_ID } from "../protocol/file.ts";
import { type ByteRange, type FileStorage, FileStorageUnavailable } from "../room/ports/file-storage.ts";
import { unavailableOnFailure } from "./unavailable-on-failure.ts";

/** Bytes of the disk that files never take, so that messages can be stored when they can't. */
const KEPT_FREE_BYTES = 64 * 1024 ** 2;
/** Where contents are until they are complete. */
const PARTIAL = "partial";

/** The contents of files in a folder with two levels: `ab/cd/abcd…`. */
export class FolderFileStorage implements FileStorage {
	readonly #folder: string;
	readonly #keptFreeBytes: number;

	private constructor(folder: string, keptFreeBytes: number) {
		this.#folder = folder;
		this.#keptFreeBytes = keptFreeBytes;
	}

	/** Opens the folder, or creates it. Rejects with a sentence for the operator. */
	static async open(path: string, keptFreeBytes = KEPT_FREE_BYTES): Promise<FolderFileStorage> {
		const folder = resolve(path);
		try {
			makeFolder(join(folder, PARTIAL));
			await access(folder, constants.W_OK);
		} catch (cause) {
			throw new Error(
				`The folder of files ${folder} can't be written (${(cause as Error).message}). ` +
					"Give the server's user write access, or set FILES_PATH to another place.",
				{ cause },
			);
		}
		return new FolderFileStorage(folder, keptFreeBytes);
	}

	async put(id: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
		await this.#requireSpace(maxBytes);
		// Another name than the id: nothing that is incomplete can be taken for a content.
		const partial = join(this.#folder, PARTIAL, randomUUID());
		try {
			await write(partial, content);
			const path = this.#pathOf(id);
			await unavailableOnFailure(async () => {
				const created = await mkdir(dirname(path), { recursive: true });
				await rename(partial, path);
				await syncFolder(dirname(path));
				if (created === undefined) return;
				await syncFolder(dirname(dirname(path)));
				await syncFolder(this.#folder);
			});
		} catch (error) {
			await rm(partial, { force: true }).catch(() => undefined);
			throw error;
		}
	}

	async get(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined> {
		const path = this.#pathOf(id);
		return unavailableOnFailure(async () => {
			const file = await open(path).catch(undefinedIfMissing);
			if (!file) return undefined;
			const stream = createReadStream(path, { fd: file, ...range });
			return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
		});
	}

	async remove(id: string): Promise<void> {
		await unavailableOnFailure(() => rm(this.#pathOf(id), { force: true }));
	}

	async removePartial(before: number): Promise<void> {
		await unavailableOnFailure(async () => {
			const folder = join(this.#folder, PARTIAL);
			for (const name of await readdir(folder)) {
				const path = join(folder, name);
				const found = await stat(path).catch(undefinedIfMissing);
				if (found && found.mtimeMs < before) await rm(path, { force: true });
			}
		});
	}

	async *list(before: number): AsyncGenerator<string[]> {
		for await (const first of await opendir(this.#folder)) {
			if (!/^[0-9a-f]{2}$/.test(first.name)) continue;
			for await (const second of await opendir(join(this.#folder, first.name))) {
				const folder = join(this.#folder, first.name, second.name);
				const ids = (await readdir(folder)).filter((name) => FILE_ID.test(name));
				const old = await Promise.all(ids.map((id) => isOlder(join(folder, id), before)));
				const page = ids.filter((_, index) => old[index]);
				if (page.length > 0) yield page;
			}
		}
	}

	async has(id: string): Promise<boolean> {
		return (await stat(this.#pathOf(id)).catch(undefinedIfMissing)) !== undefined;
	}

	#pathOf(id: string): string {
		if (!FILE_ID.test(id)) throw new Error(`${JSON.stringify(id)} is not the id of a file`);
		return join(this.#folder, id.slice(0, 2), id.slice(2, 4), id);
	}

	async #requireSpace(bytes: number): Promise<void> {
		const { bavail, bsize } = await unavailableOnFailure(() => statfs(this.#folder));
		if (bavail * bsize < bytes + this.#keptFreeBytes) throw new FileStorageUnavailable("the disk is nearly full");
	}
}

/** Writes a new file durably. Rejects as `content` does, or with {@link FileStorageUnavailable}. */
async function write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
	const file = await unavailableOnFailure(() => open(path, "wx", 0o600));
	try {
		for await (const chunk of content) await unavailableOnFailure(() => file.writeFile(chunk));
		await unavailableOnFailure(() => file.datasync());
	} finally {
		await file.close();
	}
}

async function syncFolder(path: string): Promise<void> {
	const folder = await open(path);
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

async function isOlder(path: string, before: number): Promise<boolean> {
	const found = await stat(path).catch(undefinedIfMissing);
	return found !== undefined && found.mtimeMs < before;
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== "ENOENT") throw error;
}
