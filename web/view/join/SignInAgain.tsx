import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { signInWithCode } from "../../model/entry.ts";
import { passkeyObstacle, signInWithPasskey } from "../../model/passkey-browser.ts";
import { announce } from "../controls/Announcer.tsx";
import { TextField } from "../controls/TextField.tsx";

/** Longer than a code with spaces around it. */
const MAX_CODE_CHARS = 64;

/** For a person who has a passkey: the button to sign in with it, and a field for a recovery code. */
export function SignInAgain({ chat }: { chat: ChatModel }) {
	const isRecovering = useSignal(false);
	const isBusy = useSignal(false);
	const problem = useSignal("");
	const code = useSignal("");
	const codeInput = useRef<HTMLInputElement>(null);

	useEffect(() => {
		if (isRecovering.value) codeInput.current?.focus();
	}, [isRecovering.value]);

	/** Signs in, and reloads the page: its rooms are those of another person. */
	async function signIn(request: () => Promise<Ack<unknown>>): Promise<void> {
		if (isBusy.peek()) return;
		isBusy.value = true;
		problem.value = "";
		const ack = await request();
		isBusy.value = false;
		if (ack.ok) return location.reload();
		problem.value = ack.error.message;
		announce(ack.error.message);
	}

	function useCode(event: Event): void {
		event.preventDefault();
		if (code.peek().trim() === "") codeInput.current?.focus();
		else void signIn(() => signInWithCode(chat.api, code.peek().trim()));
	}

	return (
		<section class="again" aria-label="Sign in again">
			{passkeyObstacle(window) === undefined && (
				<button
					class="button button--quiet"
					type="button"
					aria-disabled={isBusy.value}
					onClick={() => signIn(() => signInWithPasskey(chat.api, window))}
				>
					Sign in with a passkey
				</button>
			)}
			{problem.value !== "" && <p class="inviting__problem">{problem.value}</p>}
			{isRecovering.value ? (
				<form class="again__form" onSubmit={useCode} noValidate>
					<TextField
						label="Recovery code"
						name="code"
						value={code}
						maxLength={MAX_CODE_CHARS}
						autoComplete="off"
						autoCapitalize="none"
						inputRef={codeInput}
					/>
					<button class="button button--quiet" type="submit" aria-disabled={isBusy.value}>
						Sign in
					</button>
				</form>
			) : (
				<button
					class="text-button"
					type="button"
					onClick={() => {
						isRecovering.value = true;
					}}
				>
					Use a recovery code
				</button>
			)}
		</section>
	);
}
