import { useEffect, useMemo, useRef } from "preact/hooks";
import { MAX_BODY_CHARS } from "../../../../app/protocol/limits.ts";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { charactersLeft } from "../../composer/characters-left.ts";
import { cleanText } from "../../composer/clean-text.ts";
import { newComposeState } from "../../composer/compose-state.ts";
import { isComposing } from "../../controls/is-composing.ts";
import { useAutoHeight } from "../../controls/use-auto-height.ts";
import { onTouch } from "../../media.ts";
import { completionList } from "../../parts.ts";
import { returnKey } from "../../settings/return-key.ts";
import { showToast } from "../../undo/undo.ts";
import { type Edit, endEdit } from "../editing.ts";
import { mentionsAfter } from "./mentions-after.ts";

type Props = { edit: Edit; item: MessageItem; room: Room };

/** Changes the text of a message, in its place. */
export function EditForm({ edit, item, room }: Props) {
	const { text } = edit;
	const state = useMemo(newComposeState, [edit]);
	const input = useRef<HTMLTextAreaElement>(null);
	const completions = completionList.module.value;
	const length = text.value.length;
	const isSavable = text.value.trim() !== "" && length <= MAX_BODY_CHARS;
	const returnSaves = returnKey.value === "send";

	useEffect(() => {
		const field = input.current!;
		field.focus();
		field.setSelectionRange(field.value.length, field.value.length);
	}, [edit]);
	useAutoHeight(input, text.value);

	function close(): void {
		endEdit(room);
		if (edit.from === "composer") document.getElementById("composer")?.focus();
		else input.current?.closest<HTMLElement>("article")?.focus({ preventScroll: true });
	}

	function save(): void {
		if (!isSavable) return;
		const body = text.peek();
		const isFailed = item.edit?.state === "failed" || item.state === "failed";
		const isSame = body === item.content.body;
		const refusal =
			isSame && !isFailed ? undefined : room.edit(item.key, body, mentionsAfter(room, item, body, state.chosen.peek()));
		if (refusal !== undefined) showToast(refusal.message);
		else close();
	}

	function handleKey(event: KeyboardEvent): void {
		if (isComposing(event)) return;
		const saves = event.ctrlKey || event.metaKey || (returnSaves && !event.shiftKey);
		if (event.key === "Escape") close();
		else if (event.key === "Enter" && saves) save();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	return (
		<form
			class="edit"
			onSubmit={(event) => {
				event.preventDefault();
				save();
			}}
		>
			{completions && <completions.ComposerCompletions room={room} state={state} input={input} />}
			<textarea
				ref={input}
				class="edit__text"
				aria-label="Edit message"
				aria-invalid={length > MAX_BODY_CHARS}
				rows={1}
				dir="auto"
				autoComplete="off"
				enterkeyhint={returnSaves ? "done" : "enter"}
				value={text.value}
				onInput={(event) => {
					text.value = cleanText(event.currentTarget.value);
				}}
				onKeyDown={handleKey}
			/>
			<div class="edit__foot">
				<button class="button button--primary edit__button" type="submit" disabled={!isSavable}>
					Save
				</button>
				<button class="button button--plain edit__button" type="button" onClick={close}>
					Cancel
				</button>
				{!onTouch.value && (
					<span class="edit__hint" aria-hidden="true">
						<kbd>{returnSaves ? "Enter" : "Ctrl+Enter"}</kbd> saves, <kbd>Esc</kbd> cancels
					</span>
				)}
				<span class="edit__count">{charactersLeft(length, MAX_BODY_CHARS)}</span>
			</div>
		</form>
	);
}
