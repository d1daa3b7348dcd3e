import type { ReadonlySignal } from "@preact/signals";
import type { Notice } from "../../app/protocol.ts";

/** What the operator says to everyone. */
export type Notices = {
	/** Oldest first; the newest few only. */
	readonly shown: ReadonlySignal<readonly (Notice & { key: string })[]>;
	dismiss(key: string): void;
};
