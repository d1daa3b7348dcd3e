import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { MAX_NAME_CHARS, MAX_ROOM_CHARS } from "../../../app/protocol/limits.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Chat } from "../../model/chat.ts";
import { announce } from "../announce.ts";
import { Icon } from "../Icon.tsx";
import { Mark } from "../Mark.tsx";
import { ThemeSwitch } from "../ThemeSwitch.tsx";
import { roomOfPath } from "./room-address.ts";
import { TextField } from "./TextField.tsx";

/** A name, a room, one key: in. */
export function JoinPage({ chat }: { chat: Chat }) {
	const name = useSignal(chat.session.lastName.peek());
	const room = useSignal(roomOfPath(location.pathname) ?? chat.lastRoom.peek());
	const refusal = useSignal<Refusal | undefined>(chat.session.problem.peek());
	const entering = useSignal(false);
	const nameInput = useRef<HTMLInputElement>(null);
	const roomInput = useRef<HTMLInputElement>(null);

	useEffect(() => {
		const empty = name.peek() === "" ? nameInput : roomInput;
		empty.current?.focus();
	}, []);

	function refuse(reason: Refusal): void {
		refusal.value = reason;
		announce(reason.message);
		if (reason.field === "name") nameInput.current?.focus();
		if (reason.field === "room") roomInput.current?.focus();
	}

	async function enter(event: Event): Promise<void> {
		event.preventDefault();
		if (entering.peek()) return;
		const missing = missingField(name.peek(), room.peek());
		if (missing !== undefined) return refuse(missing);
		entering.value = true;
		refusal.value = undefined;
		const answer = await chat.enter(name.peek(), room.peek());
		entering.value = false;
		if (answer !== undefined) refuse(answer);
	}

	const wrong = refusal.value;
	return (
		<div class="join">
			<main class="join__middle">
				<Mark class="join__mark" />
				<h1 class="join__title">Come on in</h1>
				<p class="join__lead">Pick a name and a room. Anyone with the room's link can join you.</p>
				<form class="join__form" onSubmit={enter} noValidate>
					{wrong !== undefined && !isAboutField(wrong) && (
						<p class="join__refusal">
							<Icon name="alert" size={18} />
							{wrong.message}
						</p>
					)}
					<TextField
						label="Your name"
						name="name"
						value={name.value}
						onInput={(value) => {
							name.value = value;
						}}
						error={wrong?.field === "name" ? wrong.message : undefined}
						maxLength={MAX_NAME_CHARS}
						autoComplete="nickname"
						autoCapitalize="words"
						inputRef={nameInput}
					/>
					<TextField
						label="Room"
						name="room"
						value={room.value}
						onInput={(value) => {
							room.value = value;
						}}
						error={wrong?.field === "room" ? wrong.message : undefined}
						hint="If the room doesn't exist yet, we'll create it."
						maxLength={MAX_ROOM_CHARS}
						autoComplete="off"
						inputRef={roomInput}
					/>
					<button class="button button--primary join__enter" type="submit" aria-disabled={entering.value}>
						{entering.value ? "Joining…" : "Join"}
					</button>
				</form>
			</main>
			<footer class="join__foot">
				<ThemeSwitch />
			</footer>
		</div>
	);
}

function isAboutField(refusal: Refusal): boolean {
	return refusal.field === "name" || refusal.field === "room";
}

/** What the page can tell without asking the server. */
function missingField(name: string, room: string): Refusal | undefined {
	const missing = { code: "bad_request", retryable: false } as const;
	if (name.trim() === "") return { ...missing, field: "name", message: "Enter a name." };
	if (room.trim() === "") return { ...missing, field: "room", message: "Enter a room name, for example kitchen." };
	return undefined;
}
