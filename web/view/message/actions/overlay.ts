import { signal } from "@preact/signals";
import type { MessageItem } from "../../../model/item.ts";

/** What the actions show over the page. */
export type ActionOverlay =
	| { kind: "sheet"; item: MessageItem; inThread: boolean }
	| { kind: "picker"; item: MessageItem }
	| { kind: "keys" }
	| undefined;

export const actionOverlay = signal<ActionOverlay>(undefined);
