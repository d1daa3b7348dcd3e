import { signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { MAX_BODY_CHARS } from "../../../app/protocol/limits.ts";
import type { Location } from "../../../app/protocol/message.ts";
import { mentionsIn } from "../../model/mentions.ts";
import type { Room } from "../../model/room.ts";
import type { Thread } from "../../model/threads.ts";
import { Icon } from "../controls/Icon.tsx";
import { isComposing } from "../controls/is-composing.ts";
import { useAutoHeight } from "../controls/use-auto-height.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { completionList, locationPreview } from "../parts.ts";
import { returnKey } from "../settings/return-key.ts";
import { showToast } from "../undo/undo.ts";
import { AddButton } from "./AddButton.tsx";
import { charactersLeft } from "./characters-left.ts";
import { cleanText } from "./clean-text.ts";
import { composeStateOf, newComposeState } from "./compose-state.ts";

type Props = {
	room: Room;
	/** The thread that the field writes to, in place of the room. */
	thread?: Thread;
};

/** The field for new messages. It stays enabled offline: the outbox keeps the messages. */
export function Composer({ room, thread }: Props) {
	const ofThread = useMemo(() => ({ text: signal(""), state: newComposeState() }), [thread]);
	const text = thread ? ofThread.text : room.draft;
	const state = thread ? ofThread.state : composeStateOf(room);
	const isLocating = useSignal(false);
	const location = useSignal<Location | undefined>(undefined);
	const input = useRef<HTMLTextAreaElement>(null);
	// Loaded in idle time.
	const completions = completionList.module.value;
	const refused = room.state.value.phase === "refused";
	const isTooLong = text.value.length > MAX_BODY_CHARS;
	const attached = state.attached.value;
	const isEmpty = attached ? !attached.isReady.value : text.value.trim() === "" && location.value === undefined;
	const sendable = !refused && !isEmpty && !isTooLong;
	const returnSends = returnKey.value === "send";
	const label = thread ? "Reply in the thread" : `Message ${room.info.value ? "" : "#"}${room.title}`;
	const id = thread ? "thread-composer" : "composer";

	useEffect(() => {
		// On a phone the on-screen keyboard would cover the messages.
		if (matchMedia("(pointer: fine)").matches) input.current?.focus();
	}, [thread]);
	useAutoHeight(input, text.value);

	function write(written: string): void {
		text.value = cleanText(written);
		if (written === "") room.stoppedTyping();
		else room.typed();
	}

	function send(): void {
		if (!sendable) return;
		const found = location.peek();
		const body = text.peek();
		const options = {
			reply: state.reply.peek(),
			mentions: mentionsIn(body, state.chosen.peek()),
			files: attached?.files,
		};
		const refusal =
			(found && room.sendLocation(found)) ??
			(body.trim() || attached ? (thread ?? room).send(body.trim() && body, options) : undefined);
		// What was not taken stays in the field.
		if (refusal !== undefined) {
			showToast(refusal.message);
			return;
		}
		text.value = "";
		endReply();
		state.chosen.value = [];
		attached?.sent();
		// A location that is not found yet stays in the preview.
		if (found !== undefined) isLocating.value = false;
		input.current?.focus();
	}

	function endReply(): void {
		state.reply.value = undefined;
		input.current?.focus();
	}

	return (
		<form
			class="composer"
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{completions && <completions.ComposerCompletions room={room} state={state} input={input} />}
			<div class="composer__box">
				{state.reply.value !== undefined && (
					<Loaded part={completionList}>
						{({ ReplyingTo }) => <ReplyingTo room={room} reply={state.reply.value} onClose={endReply} />}
					</Loaded>
				)}
				{isLocating.value && (
					<Loaded part={locationPreview}>
						{({ LocationPreview }) => (
							<LocationPreview
								location={location}
								onRemove={() => {
									isLocating.value = false;
									input.current?.focus();
								}}
							/>
						)}
					</Loaded>
				)}
				{attached && <attached.Strip />}
				<div class="composer__line">
					{!thread && (
						<AddButton
							room={room}
							disabled={refused}
							onLocation={() => {
								isLocating.value = true;
							}}
						/>
					)}
					<textarea
						id={id}
						ref={input}
						class="composer__text"
						aria-label={label}
						aria-describedby={`${id}-count`}
						aria-invalid={isTooLong}
						placeholder={label}
						rows={1}
						dir="auto"
						enterkeyhint={returnSends ? "send" : "enter"}
						autoComplete="off"
						disabled={refused}
						value={text.value}
						onInput={(event) => write(event.currentTarget.value)}
						onBlur={() => room.stoppedTyping()}
						onKeyDown={(event) => {
							if (isComposing(event)) return;
							if (event.key === "Escape" && state.reply.peek() !== undefined) {
								event.preventDefault();
								endReply();
								return;
							}
							if (event.key !== "Enter") return;
							// Ctrl+Return or ⌘ Return sends, whatever Return does.
							const sends = event.ctrlKey || event.metaKey || (returnSends && !event.shiftKey);
							if (!sends) return;
							event.preventDefault();
							send();
						}}
					/>
					<button class="composer__send" type="submit" disabled={!sendable} aria-label="Send" title="Send">
						<Icon name="send" />
					</button>
				</div>
			</div>
			<p id={`${id}-count`} class={isTooLong ? "composer__count composer__count--over" : "composer__count"}>
				{charactersLeft(text.value.length, MAX_BODY_CHARS)}
			</p>
		</form>
	);
}
