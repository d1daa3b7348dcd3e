import { openFileStore } from "../../../model/files/file-store.ts";
import { announce } from "../../controls/Announcer.tsx";
import { fileView } from "../../parts.ts";
import { showToast } from "../../undo/undo.ts";
import type { ComposeState } from "../compose-state.ts";
import { AttachedFiles } from "./AttachedFiles.tsx";
import { Attachments } from "./attachments.ts";
import { preparePicture } from "./prepare-picture.ts";

// Loaded together, so that a file can be sent when the connection is lost now.
import "../../../model/files/uploads.ts";

const store = openFileStore();

/** Adds files to the message that is being written. */
export function attach(state: ComposeState, files: readonly File[]): void {
	void fileView.load();
	const attached = state.attached.peek() ?? newAttached(state);
	state.attached.value = attached;
	announce(files.length === 1 ? `${files[0]!.name} added` : `${files.length} files added`);
	void attached.attachments.add(files).then(() => attached.endIfEmpty());
}

/** The hint over the page while files are dragged over it. */
let hiding: ReturnType<typeof setTimeout> | undefined;
const HINT_MS = 500;

/** Shows that files can be dropped. Browsers repeat `dragover`. */
export function showDropHint(): void {
	document.body.classList.add("dropping");
	clearTimeout(hiding);
	hiding = setTimeout(hideDropHint, HINT_MS);
}

export function hideDropHint(): void {
	clearTimeout(hiding);
	document.body.classList.remove("dropping");
}

function newAttached(state: ComposeState) {
	const attachments = new Attachments({ store, prepare: preparePicture, report: showToast });
	function endIfEmpty(): void {
		if (attachments.list.peek().length === 0) state.attached.value = undefined;
	}
	function remove(id: string): void {
		attachments.remove(id);
		endIfEmpty();
		document.getElementById("composer")?.focus();
	}
	return {
		attachments,
		endIfEmpty,
		isReady: attachments.isReady,
		get files() {
			return attachments.files;
		},
		Strip: () => <AttachedFiles attachments={attachments} onRemove={remove} />,
		sent() {
			void attachments.keep();
			state.attached.value = undefined;
		},
	};
}
