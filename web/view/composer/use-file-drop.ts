import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { attachPart } from "../parts.ts";
import type { ComposeState } from "./compose-state.ts";
import { addFiles } from "./pick-files.ts";

/** Adds files that are dropped or pasted: in the panel of a thread to its message, elsewhere to that of the room. */
export function useFileDrop(state: ComposeState, input: RefObject<HTMLTextAreaElement | null>): void {
	useEffect(() => {
		const target = input.current?.closest("aside, dialog") ?? window;
		const types = ["dragover", "drop", "paste"];
		const handle = (event: Event) => {
			const { type, dataTransfer, clipboardData = dataTransfer } = event as DragEvent & Partial<ClipboardEvent>;
			// A copied part of a table is a text and a picture: the text counts.
			if (!clipboardData?.types.includes("Files") || (type === "paste" && clipboardData.types.includes("text/plain")))
				return;
			event.preventDefault();
			event.stopPropagation();
			if (type !== "dragover") void addFiles(state, [...clipboardData.files]);
			else void attachPart.load().then((part) => part?.showDropHint());
		};
		for (const type of types) target.addEventListener(type, handle);
		return () => {
			for (const type of types) target.removeEventListener(type, handle);
		};
	}, [state]);
}
