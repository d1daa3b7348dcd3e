import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { Connection } from "../connection/connection.ts";
import type { MessageWindow, Page } from "./message-window.ts";

type PagesOptions = {
	room: string;
	connection: Pick<Connection, "request">;
	window: MessageWindow;
	/** Something on screen has changed. */
	changed(): void;
};

/** Moves the window over the room's stored messages, a page at a time. */
export class Pages {
	readonly #options: PagesOptions;
	readonly #loading = signal<Page | undefined>();
	#turn = 0;

	constructor(options: PagesOptions) {
		this.#options = options;
	}

	get loading(): ReadonlySignal<Page | undefined> {
		return this.#loading;
	}

	async load(page: Page): Promise<Refusal | undefined> {
		const { room, connection, window, changed } = this.#options;
		if (!(page === "older" ? window.hasOlder : window.hasNewer)) return undefined;
		// Whoever wants the newest does not wait for another page.
		if (this.#loading.peek() && (page !== "newest" || this.#loading.peek() === "newest")) return undefined;
		const turn = ++this.#turn;
		const edge = page === "older" ? window.messages[0] : window.messages.at(-1);
		const from = page === "newest" || !edge ? {} : page === "older" ? { before: edge.seq } : { after: edge.seq };
		window.pageAsked(edge ? page : "newest");
		this.#loading.value = page;
		const ack = await connection.request("message:history", { room, ...from });
		if (turn !== this.#turn) return undefined;
		this.#loading.value = undefined;
		if (ack.ok) window.pageArrived(ack.data.messages, ack.data.more);
		else window.pageRefused();
		changed();
		return ack.ok ? undefined : ack.error;
	}

	/** The window starts over: a page under way does not fit any more. */
	reset(): void {
		this.#turn++;
		this.#loading.value = undefined;
	}
}
