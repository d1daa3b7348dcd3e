import type { FileInfo } from "../../protocol/file.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import { type BannedWords, wordRefusal } from "../banned-words.ts";
import { KeyedCounter } from "../keyed-counter.ts";
import type { Limits } from "../limits.ts";
import type { Bans } from "../moderation/bans.ts";
import type { ClosedRooms } from "../moderation/closed-rooms.ts";
import type { Clock } from "../ports/clock.ts";
import { type FileStorage, FileStorageUnavailable } from "../ports/file-storage.ts";
import type { Reservation } from "../ports/files.ts";
import { type Store, StoreUnavailable } from "../ports/store.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { accept, fileStorageUnavailable, type Refused, refuse, tooFast } from "../refusals.ts";
import { mayEnter } from "../room-membership.ts";
import { toHex } from "../to-hex.ts";
import { InspectedContent } from "./inspect.ts";
import { PacedContent, UploadEnded } from "./paced.ts";
import { DamagedPicture } from "./picture.ts";

/** Uploads of one person, and of all, at a time. */
const PARALLEL_PER_PERSON = 6;
const PARALLEL = 256;
/** The largest file without `LIMIT_FILE_BYTES`: that of one request to a bucket. */
const LARGEST_BYTES = 5 * 1024 ** 3;
const WAIT_MS = 1_000;

export type Upload = {
	room: string;
	name: string;
	alt?: string | undefined;
	thumbhash?: string | undefined;
	/** The length that the client declares; undefined where it declares none. */
	length: number | undefined;
	content: AsyncIterable<Uint8Array>;
};

export type UploadsDeps = {
	store: Pick<Store, "reserveFile" | "storeFile" | "releaseFile" | "roleIn">;
	fileStorage: FileStorage;
	clock: Clock;
	limits: Pick<Limits, "uploads" | "fileBytes" | "filesBytes" | "filesPerDayBytes">;
	bans: Pick<Bans, "refusal" | "roomRefusal">;
	closedRooms: Pick<ClosedRooms, "refusal">;
	hasBannedWord: BannedWords;
	/** Called when contents are to be deleted. */
	onRemoved: () => void;
	onError: (error: unknown, during: string) => void;
};

/** The uploads of files. */
export class Uploads {
	readonly #deps: UploadsDeps;
	readonly #rate: RateLimiter;
	readonly #perPerson = new KeyedCounter();
	#running = 0;

	constructor(deps: UploadsDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.uploads, deps.clock);
	}

	/** Stores a file that a message of the user may have later. Bytes are reserved before any of them is read. */
	async upload(user: User, upload: Upload): Promise<Ack<FileInfo>> {
		const refusal = this.#refusal(user, upload);
		if (refusal) return refusal;
		this.#perPerson.add(user.id);
		this.#running++;
		try {
			return await this.#reserveAndReceive(user, upload);
		} finally {
			this.#perPerson.remove(user.id);
			this.#running--;
		}
	}

	#refusal(user: User, { room, name, alt = "", length }: Upload): Refused | undefined {
		const { limits, closedRooms, hasBannedWord } = this.#deps;
		if (length === 0) return refuse("bad_request", "The file is empty.");
		if (length !== undefined && length > maxBytesOf(limits)) return tooLarge(maxBytesOf(limits));
		return (
			this.#banRefusal(user, room) ??
			closedRooms.refusal(room) ??
			tooFast(this.#rate.take(user.id), "You are sending files too fast. Try again in a moment.") ??
			this.#parallelRefusal(user) ??
			wordRefusal(hasBannedWord, "The file's name", name, "name") ??
			wordRefusal(hasBannedWord, "The description", alt, "alt")
		);
	}

	#banRefusal({ id }: User, room: string): Refused | undefined {
		const { bans } = this.#deps;
		return bans.refusal({ userId: id }) ?? bans.roomRefusal(id, room);
	}

	#parallelRefusal({ id }: User): Refused | undefined {
		if (this.#perPerson.isFull(id, PARALLEL_PER_PERSON))
			return tooFast(WAIT_MS, `Send at most ${PARALLEL_PER_PERSON} files at a time. Wait until one is complete.`);
		if (this.#running < PARALLEL) return undefined;
		return refuse("unavailable", "Too many files are being sent. Try again in a moment.", { retryAfterMs: WAIT_MS });
	}

	async #reserveAndReceive(user: User, upload: Upload): Promise<Ack<FileInfo>> {
		const { store, clock, limits } = this.#deps;
		if (!(await mayEnter(store, user.id, upload.room))) return REFUSED_RESERVATIONS.missing;
		const id = newFileId();
		const bytes = upload.length ?? maxBytesOf(limits);
		const reservation = await store.reserveFile(
			{ id, room: upload.room, userId: user.id, bytes, createdAt: clock.now() },
			{ allBytes: limits.filesBytes, dayBytes: limits.filesPerDayBytes },
		);
		if (reservation !== "reserved") return REFUSED_RESERVATIONS[reservation];
		const content = new PacedContent(upload.content, clock);
		const stored = await this.#receive(id, user, upload, content, bytes);
		if (!stored.ok) await this.#release(id, content.received);
		return stored;
	}

	async #receive(
		id: string,
		user: User,
		{ room, name, alt, thumbhash, length }: Upload,
		content: PacedContent,
		maxBytes: number,
	): Promise<Ack<FileInfo>> {
		const { store, fileStorage } = this.#deps;
		const inspected = new InspectedContent(bounded(content, maxBytes, length));
		try {
			await fileStorage.put(id, inspected, maxBytes);
			const banned = this.#banRefusal(user, room);
			if (banned) return banned;
			const info: FileInfo = { id, name, ...inspected.result, ...(alt && { alt }), ...(thumbhash && { thumbhash }) };
			return (await store.storeFile(info)) ? accept(info) : REFUSED_RESERVATIONS.missing;
		} catch (error) {
			return this.#refusalOf(error, maxBytes);
		}
	}

	#refusalOf(error: unknown, maxBytes: number): Refused {
		if (error instanceof TooLarge) return tooLarge(maxBytes);
		if (error instanceof UploadEnded) return refuse("bad_request", error.message);
		if (error instanceof DamagedPicture)
			return refuse("bad_request", "This picture is damaged. Send it in another format.");
		this.#deps.onError(error, "upload");
		if (error instanceof FileStorageUnavailable || error instanceof StoreUnavailable) return fileStorageUnavailable();
		return refuse("internal", "Something went wrong on our side. Try again in a moment.");
	}

	/** If this fails, the reservation ends by itself: see `FileSweep`. */
	async #release(id: string, received: number): Promise<void> {
		const { store, onRemoved, onError } = this.#deps;
		try {
			await store.releaseFile(id, received);
			onRemoved();
		} catch (error) {
			onError(error, "upload");
		}
	}
}

class TooLarge extends Error {}

/** Rejects when there is more than a client declared, or less, or nothing. */
async function* bounded(content: PacedContent, maxBytes: number, length: number | undefined) {
	for await (const chunk of content) {
		if (content.received > maxBytes) throw new TooLarge();
		yield chunk;
	}
	if (content.received === 0) throw new UploadEnded("The file is empty.");
	if (length !== undefined && content.received !== length)
		throw new UploadEnded("The upload broke off. Send the file again.");
}

function maxBytesOf({ fileBytes }: Pick<Limits, "fileBytes">): number {
	return fileBytes === 0 ? LARGEST_BYTES : fileBytes;
}

function tooLarge(maxBytes: number): Refused {
	const [amount, unit] = maxBytes >= 1_000_000 ? [maxBytes / 1_000_000, "MB"] : [maxBytes / 1_000, "kB"];
	return refuse("too_long", `A file has at most ${Number(amount.toFixed(1))} ${unit}. Send a smaller one.`);
}

const REFUSED_RESERVATIONS: Readonly<Record<Exclude<Reservation, "reserved">, Refused>> = {
	missing: refuse("not_found", "There is no room of this name. Join it first.", { field: "room" }),
	full: refuse("unavailable", "The space for files is used up. Messages can still be sent.", {
		retryAfterMs: 3_600_000,
	}),
	spent: refuse("rate_limited", "You have sent as many files as a day allows. Try again tomorrow.", {
		retryAfterMs: 3_600_000,
	}),
};

/** Returns 128 random bits, hex: an id that can't be guessed, and that is a name in every file system. */
function newFileId(): string {
	return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
