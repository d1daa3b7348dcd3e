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

	async load(page: HistoryPage): Promise<Refusal | undefined> {
		const { room, connection, window, onChange } = this.#options;
		if (!(page === "older" ? window.hasOlder : window.hasNewer)) return undefined;
		// The newest page replaces a request for another one.
		if (this.#loading.peek() && (page !== "newest" || this.#loading.peek() === "newest")) return undefined;
		const attempt = ++this.#attempt;
		const edge = page === "older" ? window.messages[0] : window.messages.at(-1);
		const from = page === "newest" || !edge ? {} : page === "older" ? { before: edge.seq } : { after: edge.seq };
		window.pageRequested(edge ? page : "newest");
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
