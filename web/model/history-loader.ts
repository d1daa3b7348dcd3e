import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import type { HistoryPage, MessageWindow } from "./message-window.ts";

type HistoryLoaderOptions = {
	room: string;
	connection: Pick<ServerConnection, "request">;
	window: MessageWindow;
	/** Called when the window has changed. */
	onChange(): void;
};

/** Loads pages of a room's history into the window, one at a time. */
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

	async load(page: Exclude<HistoryPage, "unread">): Promise<Refusal | undefined> {
		const { window } = this.#options;
		if (!(page === "older" ? window.hasOlder : window.hasNewer)) return undefined;
		// The newest page replaces a request for another one.
		if (this.#loading.peek() && (page !== "newest" || this.#loading.peek() === "newest")) return undefined;
		const edge = page === "older" ? window.messages[0] : window.messages.at(-1);
		if (page === "newest" || !edge) return await this.#request("newest", {});
		return await this.#request(page, page === "older" ? { before: edge.seq } : { after: edge.seq });
	}

	/** Shows the messages after the one with this seq. Replaces a request for another page. */
	loadUnread(read: number): Promise<Refusal | undefined> {
		return this.#request("unread", { after: read });
	}

	async #request(page: HistoryPage, from: { before?: number; after?: number }): Promise<Refusal | undefined> {
		const { room, connection, window, onChange } = this.#options;
		const attempt = ++this.#attempt;
		window.pageRequested(page);
		this.#loading.value = page;
		const ack = await connection.request("message:history", { room, ...from });
		if (attempt !== this.#attempt) return undefined;
		this.#loading.value = undefined;
		if (ack.ok) window.pageLoaded(ack.data.messages, ack.data.more);
		else window.pageFailed();
		onChange();
		return ack.ok ? undefined : ack.error;
	}

	/** Drops the request under way: the window has been replaced. */
	reset(): void {
		this.#attempt++;
		this.#loading.value = undefined;
	}
}
