import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "../controls/is-composing.ts";
import {
	type Completion,
	type CompletionSources,
	type CompletionToken,
	replacementFor,
	type Sigil,
	tokenBefore,
} from "./completion.ts";

type CompletionState = {
	token: CompletionToken | undefined;
	completions: readonly Completion[];
	active: number;
	accept(completion: Completion): void;
};

const NONE: readonly Completion[] = [];

/** Follows the text and the caret of the field, and handles its keys while something is offered. */
export function useCompletion(
	input: RefObject<HTMLTextAreaElement | null>,
	sources: CompletionSources,
	onAccept: ((completion: Completion, sigil: Sigil) => void) | undefined,
): CompletionState {
	const token = useSignal<CompletionToken | undefined>(undefined);
	const active = useSignal(0);
	/** The token that was completed or dismissed: the list stays closed while it is continued. */
	const closedAt = useRef<number>(undefined);
	const current = token.value;
	const completions = (current && sources[current.sigil]?.(current.query)) ?? NONE;

	function update(): void {
		const field = input.current;
		const isInField = field !== null && document.activeElement === field;
		const isCaret = isInField && field.selectionStart === field.selectionEnd;
		const found = isCaret ? tokenBefore(field.value, field.selectionStart) : undefined;
		if (found?.start !== closedAt.current) closedAt.current = undefined;
		const before = token.peek();
		const next = closedAt.current === undefined ? found : undefined;
		if (next?.start === before?.start && next?.end === before?.end && next?.query === before?.query) return;
		active.value = 0;
		token.value = next;
	}

	function close(): void {
		closedAt.current = token.peek()?.start;
		token.value = undefined;
	}

	function accept(completion: Completion): void {
		const field = input.current;
		const typed = token.peek();
		if (!field || !typed) return;
		close();
		field.setRangeText(replacementFor(field.value, typed, completion), typed.start, typed.end, "end");
		field.dispatchEvent(new InputEvent("input", { bubbles: true }));
		onAccept?.(completion, typed.sigil);
	}

	function handleKey(event: KeyboardEvent): void {
		if (isComposing(event)) return;
		if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
		update();
		if (token.peek() === undefined || completions.length === 0) return;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const selected = completions[active.peek()];
		if (step !== undefined) active.value = (active.peek() + step + completions.length) % completions.length;
		else if (event.key === "Escape") close();
		else if ((event.key === "Enter" || event.key === "Tab") && selected) accept(selected);
		else return;
		event.preventDefault();
		event.stopImmediatePropagation();
	}

	const handlers = useRef({ update, handleKey });
	handlers.current = { update, handleKey };
	useEffect(() => {
		const field = input.current;
		if (!field) return;
		const changed = () => handlers.current.update();
		const keyPressed = (event: KeyboardEvent) => handlers.current.handleKey(event);
		// In the capture phase, before the field's own handlers: Enter would send.
		field.addEventListener("keydown", keyPressed, { capture: true });
		for (const type of ["input", "focus", "blur"]) field.addEventListener(type, changed);
		document.addEventListener("selectionchange", changed);
		return () => {
			field.removeEventListener("keydown", keyPressed, { capture: true });
			for (const type of ["input", "focus", "blur"]) field.removeEventListener(type, changed);
			document.removeEventListener("selectionchange", changed);
		};
	}, []);

	return { token: current, completions, active: Math.min(active.value, Math.max(completions.length - 1, 0)), accept };
}
