import { undo, undoable } from "./undo.ts";

/** Says what was done and offers to undo it. The live region is there before its text, so that it is read. */
export function UndoToast() {
	const act = undoable.value;
	return (
		<div class="toast" role="status">
			{act !== undefined && (
				<p class="toast__text">
					<span class="toast__sentence">{act.sentence}</span>
					<button class="text-button" type="button" onClick={undo}>
						Undo
					</button>
				</p>
			)}
		</div>
	);
}
