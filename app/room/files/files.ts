import type { FileInfo } from "../../protocol/file.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { Limits } from "../limits.ts";
import type { Bans } from "../moderation/bans.ts";
import type { ByteRange } from "../ports/file-storage.ts";
import type { FileRecord } from "../ports/files.ts";
import type { Store } from "../ports/store.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { accept, type Refused, refuse, tooFast } from "../refusals.ts";
import { mayEnter } from "../room-membership.ts";
import { FileSweep } from "./file-sweep.ts";
import { type Upload, Uploads, type UploadsDeps } from "./uploads.ts";

type FilesDeps = Omit<UploadsDeps, "store" | "limits" | "onRemoved"> & {
	store: Store;
	limits: UploadsDeps["limits"] & Pick<Limits, "downloads">;
	bans: Pick<Bans, "refusal" | "roomRefusal">;
};

const NO_FILE = refuse("not_found", "There is no such file. It may have been removed.");

/** The files of messages: their uploads, their reading and the deletion of their contents. */
export class Files {
	readonly #deps: FilesDeps;
	readonly #uploads: Uploads;
	readonly #sweep: FileSweep;
	readonly #rate: RateLimiter;

	constructor(deps: FilesDeps) {
		this.#deps = deps;
		this.#sweep = new FileSweep(deps);
		this.#uploads = new Uploads({ ...deps, onRemoved: () => this.deleteRemoved() });
		this.#rate = new RateLimiter(deps.limits.downloads, deps.clock);
	}

	/** Stores a file that a message of the user may have later. */
	upload(user: User, upload: Upload): Promise<Ack<FileInfo>> {
		return this.#uploads.upload(user, upload);
	}

	/** Returns a file to a user who may read it. Others can't tell whether it exists. */
	async find(user: User, id: string): Promise<Ack<FileInfo>> {
		const refusal = tooFast(this.#rate.take(user.id), "You are opening files too fast. Try again in a moment.");
		if (refusal) return refusal;
		const record = await this.#deps.store.file(id);
		return record && (await this.#mayRead(user, record)) ? accept(record.info) : NO_FILE;
	}

	/** Returns a content, or a part of it. */
	async content(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | Refused> {
		return (await this.#deps.fileStorage.get(id, range)) ?? NO_FILE;
	}

	/** Deletes the contents of removed files, soon. */
	deleteRemoved(): void {
		void this.#sweep.deleteRemoved();
	}

	/** Removes the files of removed rooms and of pruned messages. */
	expire(): Promise<void> {
		return this.#sweep.expire();
	}

	/** Removes everything that is too old or belongs to nothing, in the store and in the storage. */
	sweep(): Promise<void> {
		return this.#sweep.sweep();
	}

	/** Resolves when no content is being deleted. */
	idle(): Promise<void> {
		return this.#sweep.idle();
	}

	/** A file that no message has yet is its uploader's; the others are those of everybody who may read the room. */
	async #mayRead({ id }: User, { room, userId, isBound }: FileRecord): Promise<boolean> {
		if ((!isBound && userId !== id) || this.#deps.bans.roomRefusal(id, room)) return false;
		return await mayEnter(this.#deps.store, id, room);
	}
}
