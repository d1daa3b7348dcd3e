import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { announce } from "../controls/Announcer.tsx";
import { TextField } from "../controls/TextField.tsx";

/** The user's name, and the button that changes it. */
export function OwnName({ chat }: { chat: ChatModel }) {
	const current = chat.session.user.value?.name ?? "";
	const name = useSignal(current);
	const problem = useSignal<string | undefined>(undefined);
	const input = useRef<HTMLInputElement>(null);

	async function save(event: Event): Promise<void> {
		event.preventDefault();
		const ack = await chat.api<SessionData>("PUT", "/api/session", { name: name.peek() });
		problem.value = ack.ok ? undefined : ack.error.message;
		input.current?.focus();
		if (!ack.ok) return announce(ack.error.message);
		// The page takes the name over from user:renamed, as all pages of the user do.
		name.value = ack.data.user.name;
		announce(`Your name is ${name.peek()} now.`);
	}

	return (
		<form class="own-name" onSubmit={save} noValidate>
			<TextField
				label="Your name"
				name="name"
				value={name}
				error={problem.value}
				maxLength={MAX_NAME_CHARS}
				autoComplete="nickname"
				autoCapitalize="words"
				inputRef={input}
			/>
			{name.value.trim() !== current && (
				<button class="button button--quiet" type="submit">
					Change name
				</button>
			)}
		</form>
	);
}
