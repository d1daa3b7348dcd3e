import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { RoomMember } from "../../../app/protocol/private-room.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { isModerator } from "../../model/moderation.ts";
import type { Room } from "../../model/room.ts";
import { createRoomMembers } from "../../model/room-members.ts";
import { Drawing, Icon } from "../controls/Icon.tsx";
import type { MenuItem } from "../controls/Menu.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { actionOverlay } from "../message/actions/overlay.ts";
import { inviting } from "../parts.ts";
import { LEAVE, LeaveButton } from "../people/LeaveButton.tsx";
import { MESSAGE, messagePerson } from "../people/message-person.ts";
import { AddMember } from "./AddMember.tsx";
import { MemberRow } from "./MemberRow.tsx";
import { RoomSettingsDialog } from "./RoomSettingsDialog.tsx";

/** A path on a 24 × 24 grid, as `Icon` has them. */
const OWNER = "M4.5 8l4 4 3.5-6 3.5 6 4-4-1.5 10h-12z";

/** The members of a private room, whom its owners let in and remove, or the people of a direct one. */
export function MembersPanel({ chat, room }: { chat: ChatModel; room: Room }) {
	const list = useMemo(() => createRoomMembers(chat, room), [chat, room]);
	const isChanging = useSignal(false);
	const info = room.info.value;
	// Each change of the members is also an item between the messages.
	const lastChange = useComputed(() => room.items.value.findLast(({ kind }) => kind === "access"));
	useEffect(() => void list.load(), [list, lastChange.value]);

	const members = list.members.value ?? [];
	const isPrivate = info?.kind === "private";
	const isOwner = isPrivate && info.role === "owner";
	const moderates = isModerator(chat.session.user.value);
	const isLastOwner = isOwner && members.filter(({ role }) => role === "owner").length === 1;

	function itemsFor({ user, role }: RoomMember): MenuItem[] {
		if (user.id === room.me.id || (!isPrivate && members.length === 2)) return [];
		const message = {
			icon: <Drawing path={MESSAGE} />,
			label: "Message",
			onChoose: () => void messagePerson(chat, user.id),
		};
		const moderate = {
			icon: "people" as const,
			label: "Moderate",
			onChoose: () => {
				actionOverlay.value = { kind: "person" as const, user };
			},
		};
		const common = moderates ? [message, moderate] : [message];
		if (!isOwner) return common;
		const other = role === "owner" ? "member" : "owner";
		return [
			...common,
			{
				icon: <Drawing path={OWNER} />,
				label: role === "owner" ? "Make a member" : "Make an owner",
				onChoose: () => void list.add(user.id, other),
			},
			{
				icon: <Drawing path={LEAVE} />,
				label: "Remove from the room",
				isDanger: true,
				onChoose: () => void list.remove(user.id),
			},
		];
	}

	return (
		<>
			<div class="side__scroll">
				{info?.topic && <p class="people__topic">{info.topic}</p>}
				{isOwner && <AddMember chat={chat} members={list} />}
				{list.problem.value !== "" && (
					<p class="inviting__problem" role="alert">
						{list.problem.value}
					</p>
				)}
				<h3 class="people__count">{members.length === 1 ? "1 member" : `${members.length} members`}</h3>
				<ul>
					{members.map((member) => (
						<MemberRow
							key={member.user.id}
							member={member}
							isMe={member.user.id === room.me.id}
							items={itemsFor(member)}
						/>
					))}
				</ul>
				{isOwner && moderates && (
					<div class="people__inviting">
						<Loaded part={inviting}>
							{({ Inviting }) => <Inviting chat={chat} isOwner={false} room={room.name} />}
						</Loaded>
					</div>
				)}
			</div>
			{isPrivate && (
				<div class="side__foot">
					{isOwner && (
						<button
							class="button button--plain"
							type="button"
							onClick={() => {
								isChanging.value = true;
							}}
						>
							<Icon name="settings" />
							Room settings
						</button>
					)}
					{isLastOwner ? (
						<p class="people__more">To leave this room, make somebody else an owner first.</p>
					) : (
						<LeaveButton chat={chat} room={room} />
					)}
				</div>
			)}
			{isChanging.value && (
				<RoomSettingsDialog
					chat={chat}
					room={room}
					onClose={() => {
						isChanging.value = false;
					}}
				/>
			)}
		</>
	);
}
