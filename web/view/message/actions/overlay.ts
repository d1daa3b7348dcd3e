import { signal } from "@preact/signals";
import type { User } from "../../../../app/protocol/session.ts";
import type { MessageItem } from "../../../model/item.ts";

/** A person, to a moderator, or the report of a message. */
export type ModerationOverlay = { kind: "person"; user: User } | { kind: "report"; item: MessageItem };

/** What the actions show over the page. */
export type ActionOverlay =
	| { kind: "sheet"; item: MessageItem; inThread: boolean }
	| { kind: "picker"; item: MessageItem }
	| ModerationOverlay
	| { kind: "keys" }
	| undefined;

export const actionOverlay = signal<ActionOverlay>(undefined);
