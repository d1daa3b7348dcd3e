import { type ReadonlySignal, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { UNDO_MS } from "../../model/undo-time.ts";

/** An act that is shown as done at once, and carried out when it can no longer be undone. */
export type UndoableAct = {
	/** Says what was done: "You left kitchen." */
	sentence: ComponentChildren;
	/** Carries it out. */
	finish(): unknown;
	/** Absent where it can't be undone: the sentence is shown alone. */
	undo?: () => void;
};

const offered = signal<UndoableAct | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** The act that can be undone now. */
export const undoable: ReadonlySignal<UndoableAct | undefined> = offered;

/** Offers to undo the act for five seconds, and then carries it out. An earlier act is carried out now. */
export function offerUndo(act: UndoableAct): void {
	void finishUndoable();
	offered.value = act;
	timer = setTimeout(finishUndoable, UNDO_MS);
}

/** Shows a sentence for a moment. */
export function showToast(sentence: string): void {
	offerUndo({ sentence, finish() {} });
}

export function undo(): void {
	take()?.undo?.();
}

/** Carries the act out now. */
export async function finishUndoable(): Promise<void> {
	await take()?.finish();
}

function take(): UndoableAct | undefined {
	clearTimeout(timer);
	const act = offered.peek();
	offered.value = undefined;
	return act;
}
