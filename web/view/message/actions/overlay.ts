import { signal } from "@preact/signals";
import type { User } from "../../../../app/protocol/session.ts";
import type { MessageItem } from "../../../model/item.ts";

/** What the actions show over the page. */
export type ActionOverlay =
	| { kind: "sheet"; item: MessageItem; inThread: boolean }
	| { kind: "picker"; item: MessageItem }
	/** A person, to a moderator. */
	| { kind: "person"; user: User }
	| { kind: "keys" }
	| undefined;

export const actionOverlay = signal<ActionOverlay>(undefined);
