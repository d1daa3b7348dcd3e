import { type ReadonlySignal, signal } from "@preact/signals";
import type { AroundData, HistoryData } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import type { HistoryPage, MessageWindow } from "./message-window.ts";

type HistoryLoaderOptions = {
	room: string;
	/** The first message of the thread whose history is loaded. Default: the room's history. */
	root?: number;
	connection: Pick<ServerConnection, "request">;
	window: MessageWindow;
	/** Called when the window has changed. */
	onChange(): void;
};

/** Loads pages of a room's or a thread's history into the window, one at a time. */
export class HistoryLoader {
	readonly #options: HistoryLoaderOptions;
	readonly #loading = signal<HistoryPage | undefined>();
	#attempt = 0;

	constructor(options: HistoryLoaderOptions) {
		this.#options = options;
	}

	get loading(): ReadonlySignal<HistoryPage | undefined> {
		return this.#loading;
	}

	async load(page: Exclude<HistoryPage, "around">): Promise<Refusal | undefined> {
		const { room, root, connection, window } = this.#options;
		if (!(page === "older" ? window.hasOlder : window.hasNewer)) return undefined;
		// The newest page replaces a request for another one.
		if (this.#loading.peek() && (page !== "newest" || this.#loading.peek() === "newest")) return undefined;
		const edge = page === "older" ? window.messages[0] : window.messages.at(-1);
		const from = page === "newest" || !edge ? {} : page === "older" ? { before: edge.seq } : { after: edge.seq };
		const attempt = this.#start(page, edge ? page : "newest");
		const payload = { room, ...(root !== undefined && { root }), ...from };
		return this.#finish(attempt, await connection.request("message:history", payload));
	}

	/**
	 * Replaces the window with the messages around a seq or a time, unless `find` returns undefined: there is none that was
	 * looked for. Resolves with what `find` returned, or a refusal. Replaces the request under way.
	 */
	async loadAround(
		position: { seq: number } | { at: number },
		find: (data: AroundData) => number | undefined,
	): Promise<{ seq: number } | { refusal: Refusal | undefined }> {
		const { room, connection } = this.#options;
		const attempt = this.#start("around", "around");
		const ack = await connection.request("message:around", { room, ...position });
		const seq = ack.ok ? find(ack.data) : undefined;
		const refusal = this.#finish(attempt, ack.ok && seq === undefined ? MISSING : ack);
		return seq === undefined || refusal || attempt !== this.#attempt ? { refusal } : { seq };
	}

	/** Drops the request under way: the window has been replaced. */
	reset(): void {
		this.#attempt++;
		this.#loading.value = undefined;
	}

	#start(shown: HistoryPage, page: HistoryPage): number {
		this.#options.window.pageRequested(page);
		this.#loading.value = shown;
		return ++this.#attempt;
	}

	#finish(attempt: number, ack: Ack<HistoryData>): Refusal | undefined {
		if (attempt !== this.#attempt) return undefined;
		const { window, onChange } = this.#options;
		this.#loading.value = undefined;
		const isUsed = ack.ok && window.pageLoaded(ack.data);
		if (!ack.ok) window.pageFailed();
		onChange();
		if (!ack.ok) return ack.error;
		return isUsed ? undefined : TOO_OLD;
	}
}

const MISSING: Ack<never> = {
	ok: false,
	error: { code: "not_found", message: "This message isn't there any more.", retryable: false },
};
const TOO_OLD: Refusal = {
	code: "unavailable",
	message: "These messages have changed meanwhile. Try again.",
	retryable: true,
};
