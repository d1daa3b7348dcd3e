import { type ReadonlySignal, signal } from "@preact/signals";
import type { Headroom } from "../../app/protocol/headroom.ts";
import type { ApiClient } from "./api-client.ts";

/** The load of the server beside its measured capacity, for owners. */
export type HeadroomModel = {
	readonly headroom: ReadonlySignal<Headroom | undefined>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
};

export function createHeadroom(api: ApiClient): HeadroomModel {
	const headroom = signal<Headroom | undefined>();
	const problem = signal("");
	return {
		headroom,
		problem,
		async load() {
			const ack = await api<Headroom>("GET", "/api/headroom");
			problem.value = ack.ok ? "" : ack.error.message;
			if (ack.ok) headroom.value = ack.data;
		},
	};
}
