import { useSignal } from "@preact/signals";
import type { ChatModel } from "../../model/chat-model.ts";
import { removeAccount } from "../../model/remove-account.ts";
import { announce } from "../controls/Announcer.tsx";
import { ChoiceField } from "../controls/ChoiceField.tsx";

/** The download of what the chat has of the user, and the removal of their account, which is asked for twice. */
export function OwnData({ chat }: { chat: ChatModel }) {
	const isAsked = useSignal(false);
	const isRemoving = useSignal(false);
	const messages = useSignal<"keep" | "remove">("keep");
	const problem = useSignal("");

	async function remove(): Promise<void> {
		if (isRemoving.peek()) return;
		isRemoving.value = true;
		const refusal = await removeAccount(chat, messages.peek());
		isRemoving.value = false;
		problem.value = refusal?.message ?? "";
		if (refusal) announce(refusal.message);
	}

	return (
		<section class="inviting" aria-label="Your data">
			<div class="inviting__head">
				<h3 class="choice__legend">Your data</h3>
				<a class="button button--quiet" href="/api/data" download>
					Download my data
				</a>
				{!isAsked.value && (
					<button
						class="button button--quiet button--danger"
						type="button"
						onClick={() => {
							isAsked.value = true;
						}}
					>
						Delete my account
					</button>
				)}
			</div>
			{isAsked.value && (
				<>
					<p class="inviting__lead">
						You are signed out on all devices and leave your private rooms. Nobody can bring the account back.
					</p>
					<ChoiceField
						legend="Your messages"
						name="messages"
						choices={[
							{ value: "keep", label: "Stay" },
							{ value: "remove", label: "Are deleted" },
						]}
						chosen={messages}
						onChoose={(chosen) => {
							messages.value = chosen;
						}}
					/>
					{problem.value !== "" && (
						<p class="inviting__problem" role="alert">
							{problem.value}
						</p>
					)}
					<div class="inviting__head">
						<button
							class="button button--quiet"
							type="button"
							onClick={() => {
								isAsked.value = false;
							}}
						>
							Keep my account
						</button>
						<button
							class="button button--quiet button--danger"
							type="button"
							aria-disabled={isRemoving.value}
							onClick={remove}
						>
							{isRemoving.value ? "Deleting…" : "Delete it now"}
						</button>
					</div>
				</>
			)}
		</section>
	);
}
