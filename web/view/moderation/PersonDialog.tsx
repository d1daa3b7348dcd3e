import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { MAX_REASON_CHARS } from "../../../app/protocol/limits.ts";
import { isPrivateName } from "../../../app/protocol/private-room.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createPersonModeration } from "../../model/person-moderation.ts";
import { announce } from "../controls/Announcer.tsx";
import { ChoiceField } from "../controls/ChoiceField.tsx";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { TextField } from "../controls/TextField.tsx";
import { banSentence } from "./ban-sentence.ts";

type Props = {
	chat: ChatModel;
	user: User;
	/** The room in which the moderator met them. */
	room?: string;
	onClose: () => void;
};

const ROLES = [
	{ value: "guest", label: "Guest" },
	{ value: "member", label: "Member" },
	{ value: "moderator", label: "Moderator" },
	{ value: "owner", label: "Owner" },
] as const;
const DURATIONS = [
	{ value: "10", label: "10 minutes" },
	{ value: "1440", label: "1 day" },
	{ value: "43200", label: "30 days" },
	{ value: "permanent", label: "Permanently" },
] as const;

/** What moderators can do about a person: a ban and its end, and for owners the role. */
export function PersonDialog({ chat, user, room, onClose }: Props) {
	const model = useMemo(() => createPersonModeration(chat.api, user), [chat, user]);
	const isRoomOpen = room !== undefined && !isPrivateName(room);
	const where = useSignal<"room" | "chat">(isRoomOpen ? "room" : "chat");
	const duration = useSignal<(typeof DURATIONS)[number]["value"]>("10");
	const withAddresses = useSignal(false);
	const reason = useSignal("");
	const reasonInput = useRef<HTMLInputElement>(null);
	const isBusy = useSignal(false);
	const role = useComputed(() => model.role.value ?? "guest");
	useEffect(() => void model.load(), [model]);

	async function ban(event: Event): Promise<void> {
		event.preventDefault();
		if (isBusy.peek()) return;
		isBusy.value = true;
		const inChat = where.peek() === "chat";
		const isBanned = await model.ban({
			room: inChat ? undefined : room,
			minutes: duration.peek() === "permanent" ? undefined : Number(duration.peek()),
			addresses: inChat && withAddresses.peek(),
			reason: reason.peek().trim(),
		});
		isBusy.value = false;
		if (isBanned) announce(`${user.name} is banned.`);
	}

	const title = `Moderate ${user.name}`;
	return (
		<Drawer from="middle" label={title} onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">
					Moderate <bdi>{user.name}</bdi>
				</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="settings">
				{chat.session.user.value?.role === "owner" && model.role.value !== undefined && (
					<ChoiceField
						legend="Role"
						name="role"
						choices={[...ROLES]}
						chosen={role}
						onChoose={(chosen) => void model.setRole(chosen)}
					/>
				)}
				{model.problem.value !== "" && (
					<p class="inviting__problem" role="alert">
						{model.problem.value}
					</p>
				)}
				{model.bans.value.length > 0 && (
					<ul class="inviting__list" aria-label="Bans">
						{model.bans.value.map((active) => (
							<li key={`${active.room}`} class="inviting__row">
								<span>{banSentence(active)}</span>
								<button class="text-button" type="button" onClick={() => model.lift(active)}>
									Lift the ban
								</button>
							</li>
						))}
					</ul>
				)}
				<form class="private-form" onSubmit={ban} noValidate>
					{isRoomOpen && (
						<ChoiceField
							legend="Ban from"
							name="where"
							choices={[
								{ value: "room", label: "This room" },
								{ value: "chat", label: "The whole chat" },
							]}
							chosen={where}
							onChoose={(chosen) => {
								where.value = chosen;
							}}
						/>
					)}
					<ChoiceField
						legend="For"
						name="duration"
						choices={[...DURATIONS]}
						chosen={duration}
						onChoose={(chosen) => {
							duration.value = chosen;
						}}
					/>
					{where.value === "chat" && (
						<label class="check">
							<input
								type="checkbox"
								checked={withAddresses.value}
								onChange={(event) => {
									withAddresses.value = event.currentTarget.checked;
								}}
							/>
							Ban their addresses too. Others at home or at school may share them.
						</label>
					)}
					<TextField
						label="Reason"
						name="reason"
						value={reason}
						hint="Only owners and moderators see it."
						maxLength={MAX_REASON_CHARS}
						autoComplete="off"
						inputRef={reasonInput}
					/>
					<div class="private-form__buttons">
						<button class="button button--quiet" type="button" onClick={onClose}>
							Cancel
						</button>
						<button class="button button--primary" type="submit" aria-disabled={isBusy.value}>
							{where.value === "chat" ? "Ban from the chat" : "Ban from this room"}
						</button>
					</div>
				</form>
			</div>
		</Drawer>
	);
}
