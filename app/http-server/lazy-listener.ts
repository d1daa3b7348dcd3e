import type { RequestListener } from "node:http";

/** A request listener whose code is loaded by {@link load} or by the first request. */
export class LazyListener {
	readonly #import: () => Promise<RequestListener>;
	readonly #onError: (error: unknown) => void;
	#listener: RequestListener | undefined;
	#loading: Promise<void> | undefined;

	/** `onError` is called when the code can't be loaded. The next request tries again. */
	constructor(load: () => Promise<RequestListener>, onError: (error: unknown) => void) {
		this.#import = load;
		this.#onError = onError;
	}

	load(): Promise<void> {
		this.#loading ??= this.#import().then(
			(listener) => {
				this.#listener = listener;
			},
			(error) => {
				this.#loading = undefined;
				this.#onError(error);
			},
		);
		return this.#loading;
	}

	readonly listen: RequestListener = async (incoming, outgoing) => {
		if (!this.#listener) await this.load();
		if (this.#listener) this.#listener(incoming, outgoing);
		else outgoing.writeHead(500).end();
	};
}
