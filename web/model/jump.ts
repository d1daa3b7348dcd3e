import { type ReadonlySignal, signal } from "@preact/signals";
import type { AroundData } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { HistoryLoader } from "./history-loader.ts";
import type { MessageWindow } from "./message-window.ts";

/** The message that was jumped to. Each jump is another object. */
export type Highlighted = { seq: number };

/** Moves the window to a message anywhere in the room's history. */
export class Jump {
	readonly #history: HistoryLoader;
	readonly #window: MessageWindow;
	readonly #highlighted = signal<Highlighted | undefined>();

	constructor(history: HistoryLoader, window: MessageWindow) {
		this.#history = history;
		this.#window = window;
	}

	get highlighted(): ReadonlySignal<Highlighted | undefined> {
		return this.#highlighted;
	}

	/** Jumps to a message. Loads the messages around it unless the window has it. */
	async to(seq: number): Promise<Refusal | undefined> {
		if (this.#window.find(seq)) {
			this.#highlighted.value = { seq };
			return undefined;
		}
		return this.#load({ seq }, ({ messages }) => messages.find((message) => message.seq === seq)?.seq);
	}

	/** Jumps to the first message at or after a time, in milliseconds since 1970; without one, to the newest. */
	toTime(at: number): Promise<Refusal | undefined> {
		const find = ({ messages }: AroundData) =>
			(messages.find(({ createdAt }) => createdAt >= at) ?? messages.at(-1))?.seq;
		return this.#load({ at }, find);
	}

	toNewest(): Promise<Refusal | undefined> {
		this.#highlighted.value = undefined;
		return this.#history.load("newest");
	}

	async #load(
		position: { seq: number } | { at: number },
		find: (data: AroundData) => number | undefined,
	): Promise<Refusal | undefined> {
		const loaded = await this.#history.loadAround(position, find);
		if ("refusal" in loaded) return loaded.refusal;
		this.#highlighted.value = loaded;
		return undefined;
	}
}
