import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_REASON_CHARS } from "../../../app/protocol/limits.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { textOrFiles } from "../../model/excerpt.ts";
import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { TextField } from "../controls/TextField.tsx";
import { showToast } from "../undo/undo.ts";

type Props = { chat: ChatModel; room: Room; item: MessageItem; onClose: () => void };

/** Reports a message to the owners and moderators of the chat. */
export function ReportDialog({ chat, room, item, onClose }: Props) {
	const reason = useSignal("");
	const problem = useSignal<string | undefined>(undefined);
	const isBusy = useSignal(false);
	const input = useRef<HTMLInputElement>(null);

	async function report(event: Event): Promise<void> {
		event.preventDefault();
		if (isBusy.peek()) return;
		isBusy.value = true;
		const ack = await chat.request("message:report", {
			room: room.name,
			target: item.seq!,
			...(reason.peek().trim() !== "" && { reason: reason.peek().trim() }),
		});
		isBusy.value = false;
		if (!ack.ok) {
			problem.value = ack.error.message;
			return input.current?.focus();
		}
		onClose();
		showToast("Reported. A moderator will look at it.");
	}

	return (
		<Drawer from="middle" label="Report a message" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Report a message</h2>
				<CloseButton onClick={onClose} />
			</div>
			<form class="settings" onSubmit={report} noValidate>
				<p class="sheet__message">
					<bdi class="sheet__author">{item.author.name}</bdi>{" "}
					<span dir="auto">{textOrFiles(item.content.body ?? "Location", item.files)}</span>
				</p>
				<p class="inviting__lead">
					{room.info.peek() === undefined
						? "Owners and moderators of the chat will see it, and that you reported it."
						: "Owners and moderators of the chat will see this message, nothing else of this room, and that you reported it."}
				</p>
				<TextField
					label="What is wrong with it?"
					name="reason"
					value={reason}
					error={problem.value}
					hint="It may be empty."
					maxLength={MAX_REASON_CHARS}
					autoComplete="off"
					isFirstFocus
					inputRef={input}
				/>
				<div class="private-form__buttons">
					<button class="button button--quiet" type="button" onClick={onClose}>
						Cancel
					</button>
					<button class="button button--primary" type="submit" aria-disabled={isBusy.value}>
						Report
					</button>
				</div>
			</form>
		</Drawer>
	);
}
