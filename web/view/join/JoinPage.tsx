import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";
import { isPrivateName } from "../../../app/protocol/private-room.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { TextField } from "../controls/TextField.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { signInAgain } from "../parts.ts";
import { ROOM_NAME_MISSING, RoomNameField } from "../rooms/RoomNameField.tsx";
import { roomOfPath } from "../rooms/room-address.ts";
import { finishUndoable } from "../undo/undo.ts";
import { JoinFrame } from "./JoinFrame.tsx";
import { noticePlainName } from "./plain-name-sentence.ts";
import { StrangerPage } from "./StrangerPage.tsx";

/** Asks a user without a session for a name and a room, or shows a stranger who may come in. */
export function JoinPage({ chat }: { chat: ChatModel }) {
	const access = chat.session.problem.value?.access;
	return access === undefined ? <JoinForm chat={chat} /> : <StrangerPage chat={chat} access={access} />;
}

function JoinForm({ chat }: { chat: ChatModel }) {
	const target = roomOfPath(location.pathname);
	const name = useSignal(chat.session.lastName.peek());
	const room = useSignal(target ?? chat.lastRoom.peek());
	const refusal = useSignal<Refusal | undefined>(chat.session.problem.peek());
	const joining = useSignal(false);
	const nameInput = useRef<HTMLInputElement>(null);
	const roomInput = useRef<HTMLInputElement>(null);

	useEffect(() => {
		const first = name.peek() === "" ? nameInput : roomInput;
		first.current?.focus();
	}, []);

	function refuse(reason: Refusal): void {
		refusal.value = reason;
		announce(reason.message);
		if (reason.field === "name") nameInput.current?.focus();
		if (reason.field === "room") roomInput.current?.focus();
	}

	async function join(event: Event): Promise<void> {
		event.preventDefault();
		if (joining.peek()) return;
		const missing = missingField(name.peek(), room.peek());
		if (missing !== undefined) return refuse(missing);
		joining.value = true;
		refusal.value = undefined;
		// A user who has just signed out gets a new session, also under the same name.
		await finishUndoable();
		const reason = await chat.enter(name.peek(), room.peek());
		joining.value = false;
		if (reason !== undefined) return refuse(reason);
		noticePlainName(chat, name.peek());
	}

	const errorOf = (field: string) => (refusal.value?.field === field ? refusal.value.message : undefined);
	return (
		<JoinFrame
			title={
				target === undefined ? (
					"Join a room"
				) : isPrivateName(target) ? (
					"Join a private room"
				) : (
					<>
						Join #<bdi>{target}</bdi>
					</>
				)
			}
			lead={
				target === undefined
					? "Pick a name and a room. Anyone with the room's link can join you."
					: "Pick a name that others in the room will see."
			}
		>
			<form class="join__form" onSubmit={join} noValidate>
				{refusal.value !== undefined && (errorOf("name") ?? errorOf("room")) === undefined && (
					<p class="join__refusal">
						<Icon name="alert" size={18} />
						{refusal.value.message}
					</p>
				)}
				<TextField
					label="Your name"
					name="name"
					value={name}
					error={errorOf("name")}
					maxLength={MAX_NAME_CHARS}
					autoComplete="nickname"
					autoCapitalize="words"
					inputRef={nameInput}
				/>
				<RoomNameField label="Room" value={room} error={errorOf("room")} inputRef={roomInput} />
				<button class="button button--primary join__enter" type="submit" aria-disabled={joining.value}>
					{joining.value ? "Joining…" : "Join"}
				</button>
			</form>
			<Loaded part={signInAgain}>{({ SignInAgain }) => <SignInAgain chat={chat} />}</Loaded>
		</JoinFrame>
	);
}

/** Returns the refusal of an empty field, without asking the server. */
function missingField(name: string, room: string): Refusal | undefined {
	const missing = { code: "bad_request", retryable: false } as const;
	if (name.trim() === "") return { ...missing, field: "name", message: "Enter a name." };
	if (room.trim() === "") return { ...missing, field: "room", message: ROOM_NAME_MISSING };
	return undefined;
}
