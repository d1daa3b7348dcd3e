import { batch, effect, type ReadonlySignal, untracked } from "@preact/signals";
import { FILE_ID, type FileInfo } from "../../../app/protocol/file.ts";
import type { Ack, Refusal } from "../../../app/protocol/refusal.ts";
import { backoffMs } from "../../connection/backoff.ts";
import type { ConnectionStatus } from "../../connection/reconnector.ts";
import type { Outbox } from "../outbox.ts";
import type { PendingFile, PendingMessage } from "../pending.ts";
import { type FileStore, openFileStore } from "./file-store.ts";
import { addLocalFile, localFiles, localFileUploaded } from "./local-files.ts";
import { type PostFile, postFile } from "./post-file.ts";

/** A file fails after this many attempts on a connection that works. */
const MAX_ATTEMPTS = 5;
/** A longer wait is the user's decision. */
const MAX_WAIT_MS = 10_000;

export type UploadsOptions = {
	outbox: Pick<Outbox, "pending" | "amend" | "retry" | "changes" | "isClosed">;
	status: ReadonlySignal<ConnectionStatus>;
	store: Pick<FileStore, "get" | "remove">;
	post: PostFile;
};

type Message = PendingMessage & { files: readonly PendingFile[] };
type Running = { message: Message; file: PendingFile; abort: AbortController };

/** Starts the uploads of the page. */
export function startUploads(outbox: Outbox, status: ReadonlySignal<ConnectionStatus>): void {
	new Uploads({ outbox, status, store: openFileStore(), post: postFile });
}

/** Uploads the files of pending messages, one at a time, and deletes them from the device when their message is sent. */
export class Uploads {
	readonly #options: UploadsOptions;
	#running: Running | undefined;
	#attempts = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** The files of pending messages, by their ids on this device. */
	#known: ReadonlySet<string> = new Set();
	/** Messages whose files were uploaded again. */
	readonly #repeated = new Set<string>();

	constructor(options: UploadsOptions) {
		this.#options = options;
		const { outbox, status } = options;
		effect(() => {
			outbox.pending.value;
			status.value;
			untracked(() => this.#update());
		});
	}

	/** The pending messages that have files, in the order of writing. */
	get #messages(): Message[] {
		const { pending } = this.#options.outbox;
		return pending.peek().filter((entry): entry is Message => entry.kind === "message" && entry.files !== undefined);
	}

	#update(): void {
		const messages = this.#messages;
		// What is stored on the device stays there when the outbox closes.
		if (!this.#options.outbox.isClosed) this.#release(messages);
		for (const message of messages) this.#repeatMissing(message);
		const running = this.#running;
		const isWanted = ({ clientId, state, files }: Message) =>
			clientId === running?.message.clientId && state === "queued" && files.some(({ id }) => id === running.file.id);
		if (running && !messages.some(isWanted)) {
			running.abort.abort();
			this.#running = undefined;
		}
		void this.#next();
	}

	/** Loads the contents of files that are new here, and deletes those whose messages are sent or discarded. */
	#release(messages: readonly Message[]): void {
		const { store } = this.#options;
		const ids = new Set(messages.flatMap(({ files }) => files.map(({ id, local = id }) => local)));
		for (const id of this.#known) if (!ids.has(id)) store.remove(id).catch(() => {});
		for (const message of messages)
			for (const file of message.files) if (!this.#known.has(file.id)) void this.#offerCancel(message, file);
		this.#known = ids;
	}

	/** Loads the content of a file, which is drawn while it waits. */
	async #offerCancel(message: Message, file: PendingFile): Promise<void> {
		const local = await this.#contentOf(file.id);
		if (local && !isUploaded(file)) local.cancel.value = () => this.#cancel(message, file);
	}

	/** Takes a file out of its message. Without a file and a text nothing is left of that. */
	#cancel({ clientId, room }: Message, { id }: PendingFile): void {
		const { outbox } = this.#options;
		const message = this.#messages.find((one) => one.clientId === clientId);
		const files = message?.files.filter((file) => file.id !== id) ?? [];
		if (!message) return;
		if (files.length === 0 && message.content.body === "") outbox.changes.remove(room, clientId);
		else outbox.amend(message, { files, isHeld: !files.every(isUploaded) });
	}

	/** Uploads files again that the server has deleted, as it does after a day without a message. */
	#repeatMissing(message: Message): void {
		const { clientId, refusal, files } = message;
		const isMissing = refusal?.code === "not_found" && refusal.field === "files";
		if (!isMissing || this.#repeated.has(clientId) || !files.some(({ local }) => local !== undefined)) return;
		this.#repeated.add(clientId);
		const { outbox } = this.#options;
		batch(() => {
			const again = files.map(({ local, ...file }) => ({ ...file, id: local ?? file.id }));
			outbox.amend(message, { files: again, isHeld: true });
			outbox.retry(clientId);
		});
	}

	async #next(): Promise<void> {
		if (this.#running || this.#timer || this.#options.status.peek() !== "online") return;
		const message = this.#messages.find(({ state, files }) => state === "queued" && !files.every(isUploaded));
		const file = message?.files.find((one) => !isUploaded(one));
		if (!message || !file) return;
		const running = { message, file, abort: new AbortController() };
		this.#running = running;
		const ack = await this.#upload(running);
		if (this.#running !== running) return;
		this.#running = undefined;
		this.#finish(running, ack);
	}

	async #upload({ message: { room }, file, abort: { signal } }: Running): Promise<Ack<FileInfo>> {
		const local = await this.#contentOf(file.id);
		if (!local) return { ok: false, error: LOST };
		local.progress.value = 0;
		const onProgress = (part: number) => {
			local.progress.value = part;
		};
		const ack = await this.#options.post(local.content, { ...file, room }, { signal, onProgress });
		local.progress.value = undefined;
		return ack;
	}

	#finish({ message, file: { id } }: Running, ack: Ack<FileInfo>): void {
		const { outbox } = this.#options;
		if (ack.ok) {
			this.#attempts = 0;
			localFileUploaded(id, ack.data.id);
			const { files: before } = this.#messages.find(({ clientId }) => clientId === message.clientId)!;
			const files = before.map((file) => (file.id === id ? { ...ack.data, local: id } : file));
			outbox.amend(message, { files, isHeld: !files.every(isUploaded) });
		} else if (this.#isRetried(ack.error)) {
			const retry = () => {
				this.#timer = undefined;
				void this.#next();
			};
			this.#timer = setTimeout(retry, (ack.error.retryAfterMs ?? 0) + backoffMs(this.#attempts, Math.random));
		} else {
			this.#attempts = 0;
			outbox.amend(message, { state: "failed", refusal: ack.error });
		}
	}

	#isRetried({ retryable, retryAfterMs = 0 }: Refusal): boolean {
		// Without a connection the next attempt follows when there is one.
		if (this.#options.status.peek() === "online") this.#attempts++;
		return retryable && retryAfterMs <= MAX_WAIT_MS && this.#attempts < MAX_ATTEMPTS;
	}

	/** Returns the content that this page or the device has. */
	async #contentOf(id: string) {
		const known = localFiles.peek().get(id);
		if (known) return known;
		const content = await this.#options.store.get(id).catch(() => undefined);
		return localFiles.peek().get(id) ?? (content && addLocalFile(id, content));
	}
}

function isUploaded({ id }: PendingFile): boolean {
	return FILE_ID.test(id);
}

const LOST: Refusal = {
	code: "not_found",
	message: "This device doesn't have the file any more. Delete the message and add the file again.",
	retryable: false,
};
