import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { MAX_BODY_CHARS } from "../../../app/protocol/limits.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Icon } from "../controls/Icon.tsx";
import { charactersLeft } from "./characters-left.ts";
import { cleanText } from "./clean-text.ts";
import { LocationButton } from "./LocationButton.tsx";

/** The field for new messages. It stays enabled offline: the outbox keeps the messages. */
export function Composer({ room }: { room: Room }) {
	const text = room.draft;
	const problem = useSignal("");
	const input = useRef<HTMLTextAreaElement>(null);
	const refused = room.state.value.phase === "refused";
	const sendable = !refused && text.value.trim() !== "" && text.value.length <= MAX_BODY_CHARS;
	const count = charactersLeft(text.value.length, MAX_BODY_CHARS);

	useEffect(() => {
		// On a phone the on-screen keyboard would cover the messages.
		if (matchMedia("(pointer: fine)").matches) input.current?.focus();
	}, []);
	useLayoutEffect(() => {
		const area = input.current!;
		area.style.height = "auto";
		area.style.height = `${area.scrollHeight}px`;
	}, [text.value]);

	function write(written: string): void {
		text.value = cleanText(written);
		if (written === "") room.stoppedTyping();
		else room.typed();
	}

	function send(): void {
		if (!sendable) return;
		room.send(text.peek());
		text.value = "";
		problem.value = "";
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
			{problem.value !== "" && (
				<p class="composer__problem" role="alert">
					{problem.value}
					<CloseButton
						label="Dismiss"
						size={16}
						onClick={() => {
							problem.value = "";
						}}
					/>
				</p>
			)}
			<div class="composer__box">
				<LocationButton room={room} problem={problem} disabled={refused} />
				<textarea
					id="composer"
					ref={input}
					class="composer__text"
					aria-label="Message"
					aria-describedby="composer-count"
					aria-invalid={text.value.length > MAX_BODY_CHARS}
					placeholder="Write a message"
					rows={1}
					dir="auto"
					enterkeyhint="send"
					autoComplete="off"
					disabled={refused}
					value={text.value}
					onInput={(event) => write(event.currentTarget.value)}
					onBlur={() => room.stoppedTyping()}
					onKeyDown={(event) => {
						// During composition Enter belongs to the input method. Safari ends the composition before its last key, 229.
						if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
						event.preventDefault();
						send();
					}}
				/>
				<button class="composer__send" type="submit" disabled={!sendable} aria-label="Send" title="Send">
					<Icon name="send" />
				</button>
			</div>
			<p
				id="composer-count"
				class={text.value.length > MAX_BODY_CHARS ? "composer__count composer__count--over" : "composer__count"}
			>
				{count}
			</p>
		</form>
	);
}
