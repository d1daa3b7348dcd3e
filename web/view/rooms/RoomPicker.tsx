import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_ROOM_CHARS } from "../../../app/protocol/limits.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Chat } from "../../model/chat.ts";
import { announce } from "../announce.ts";
import { TextField } from "../join/TextField.tsx";
import { DirectoryList } from "./DirectoryList.tsx";

/** Another room: by its name, or one of those there are. */
export function RoomPicker({ chat, onJoined }: { chat: Chat; onJoined: () => void }) {
	const name = useSignal("");
	const refusal = useSignal<Refusal | undefined>(undefined);
	const joining = useSignal(false);
	const input = useRef<HTMLInputElement>(null);

	function refuse(message: string): void {
		refusal.value = { code: "bad_request", message, retryable: false };
		announce(message);
		input.current?.focus();
	}

	async function join(room: string): Promise<void> {
		if (joining.peek()) return;
		joining.value = true;
		const answer = await chat.rooms.join(room);
		joining.value = false;
		if (answer === undefined) onJoined();
		else refuse(answer.message);
	}

	function submit(event: Event): void {
		event.preventDefault();
		if (name.peek().trim() === "") refuse("Enter a room name, for example kitchen.");
		else void join(name.peek());
	}

	return (
		<div class="picker">
			<form class="picker__form" onSubmit={submit} noValidate>
				<TextField
					label="Room name"
					name="room"
					value={name.value}
					onInput={(value) => {
						name.value = value;
						refusal.value = undefined;
					}}
					error={refusal.value?.message}
					hint="If the room doesn't exist yet, we'll create it."
					maxLength={MAX_ROOM_CHARS}
					autoComplete="off"
					inputRef={input}
				/>
				<button class="button button--primary picker__join" type="submit" aria-disabled={joining.value}>
					{joining.value ? "Joining…" : "Join"}
				</button>
			</form>
			<DirectoryList chat={chat} onChoose={(room) => void join(room)} />
		</div>
	);
}
