import { attachPart } from "../parts.ts";
import { showToast } from "../undo/undo.ts";
import type { ComposeState } from "./compose-state.ts";

/** Kept, because Safari drops a field that nothing refers to, with its event. */
let field: HTMLInputElement | undefined;

/** Opens the dialog of the device, and adds the files that the user chooses. */
export function pickFiles(state: ComposeState): void {
	field = document.createElement("input");
	field.type = "file";
	field.multiple = true;
	field.onchange = () => void addFiles(state, [...field!.files!]);
	field.click();
	void attachPart.load();
}

/** Adds files to the message that is being written. */
export async function addFiles(state: ComposeState, files: readonly File[]): Promise<void> {
	const part = await attachPart.load();
	if (part) part.attach(state, files);
	else showToast("Files can't be added right now. Check your connection and try again.");
}
