import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { NewPrivateRoom } from "../private-rooms/NewPrivateRoom.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { ROOM_NAME_MISSING, RoomNameField } from "./RoomNameField.tsx";

/** Joins another room, by its name or from the list of rooms, which shows those that match the name. */
export function RoomPicker({ chat, onJoined }: { chat: ChatModel; onJoined: () => void }) {
	const name = useSignal("");
	const error = useSignal<string | undefined>(undefined);
	const joining = useSignal(false);
	const isCreating = useSignal(false);
	const input = useRef<HTMLInputElement>(null);

	function refuse(message: string): void {
		error.value = message;
		announce(message);
		input.current?.focus();
	}

	async function join(room: string): Promise<void> {
		if (joining.peek()) return;
		joining.value = true;
		const refusal = await chat.rooms.join(room);
		joining.value = false;
		if (refusal === undefined) onJoined();
		else refuse(refusal.message);
	}

	function submit(event: Event): void {
		event.preventDefault();
		if (name.peek().trim() === "") refuse(ROOM_NAME_MISSING);
		else void join(name.peek());
	}

	if (isCreating.value)
		return (
			<div class="picker">
				<NewPrivateRoom
					chat={chat}
					onCreated={onJoined}
					onCancel={() => {
						isCreating.value = false;
					}}
				/>
			</div>
		);
	return (
		<div class="picker">
			<form class="picker__form" onSubmit={submit} noValidate>
				<RoomNameField
					label="Room name"
					value={name}
					onEdit={() => {
						error.value = undefined;
					}}
					error={error.value}
					inputRef={input}
					isFirstFocus
				/>
				<button class="button button--primary picker__join" type="submit" aria-disabled={joining.value}>
					{joining.value ? "Joining…" : "Join"}
				</button>
			</form>
			<button
				class="button button--quiet"
				type="button"
				onClick={() => {
					isCreating.value = true;
				}}
			>
				<Icon name="private" />
				Create a private room
			</button>
			<DirectoryList chat={chat} filter={name.value} onChoose={(room) => void join(room)} />
		</div>
	);
}
