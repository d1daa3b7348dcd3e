import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { VNode } from "preact";
import type { FileInfo } from "../../../app/protocol/file.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { Room } from "../../model/room.ts";
import type { Attachments } from "./files/attachments.ts";

/** What belongs to a message that is being written, beside its text. It is kept while other rooms are open. */
export type ComposeState = {
	/** The key of the message that is replied to. */
	readonly reply: Signal<string | undefined>;
	/** The people who were chosen from the list of completions. Those whose names still stand in the text are mentioned. */
	readonly chosen: Signal<readonly User[]>;
	readonly attached: Signal<Attached | undefined>;
};

/** The files of the message. The part that adds them makes it. */
export type Attached = {
	readonly attachments: Attachments;
	readonly isReady: ReadonlySignal<boolean>;
	readonly files: readonly FileInfo[];
	/** Draws them. */
	Strip(): VNode;
	endIfEmpty(): void;
	/** Call this when the outbox has the message. */
	sent(): void;
};

const states = new WeakMap<Room, ComposeState>();

export function composeStateOf(room: Room): ComposeState {
	const state = states.get(room) ?? newComposeState();
	states.set(room, state);
	return state;
}

/** Begins a reply in the room's composer. `key` is that of the message. */
export function startReply(room: Room, key: string): void {
	composeStateOf(room).reply.value = key;
	document.getElementById("composer")?.focus();
}

export function newComposeState(): ComposeState {
	return { reply: signal(undefined), chosen: signal([]), attached: signal(undefined) };
}
