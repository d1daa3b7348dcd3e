import { useEffect, useMemo } from "preact/hooks";
import type { InvitationInfo } from "../../../app/protocol/people.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createInvitationList } from "../../model/invitations.ts";
import { ChoiceField } from "../controls/ChoiceField.tsx";
import { Icon } from "../controls/Icon.tsx";
import { CopyLinkButton } from "../rooms/CopyLinkButton.tsx";
import { QrCode } from "../rooms/QrCode.tsx";

type Props = {
	chat: ChatModel;
	/** Whether the user decides who may come in. */
	isOwner: boolean;
	/** The room that is invited to. Default: the chat. */
	room?: string;
};

/** Invitations to the chat or to a room: a new one with its link and QR code, and the list. */
export function Inviting({ chat, isOwner, room }: Props) {
	const list = useMemo(() => createInvitationList(chat.api, chat.session.access.peek(), room), [chat, room]);
	useEffect(() => void list.load(), [list]);
	const created = list.created.value;

	return (
		<section class="inviting" aria-label={room === undefined ? "People" : "Invitations"}>
			{isOwner && (
				<ChoiceField
					legend="Who may come in"
					name="access"
					choices={[
						{ value: "open", label: "Everybody" },
						{ value: "invited", label: "By invitation" },
						{ value: "members", label: "Members" },
					]}
					chosen={list.access}
					onChoose={list.setAccess}
				/>
			)}
			<div class="inviting__head">
				<h3 class="choice__legend">Invitations</h3>
				<button class="button button--quiet" type="button" onClick={list.create}>
					<Icon name="link" />
					Invite people
				</button>
			</div>
			{list.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{list.problem.value}
				</p>
			)}
			{created !== undefined && (
				<div class="invitation">
					<div class="invitation__link">
						<input
							class="field__input"
							aria-label="Invitation link"
							readOnly
							value={created.url}
							onFocus={(event) => event.currentTarget.select()}
						/>
						<CopyLinkButton link={created.url} />
					</div>
					<QrCode text={created.url} label="QR code of the invitation" />
					<p class="invitation__lead">This link is shown once. Copy it before you close this window.</p>
				</div>
			)}
			{list.invitations.value.length > 0 && (
				<ul class="inviting__list">
					{list.invitations.value.map((invitation) => (
						<li key={invitation.id} class="inviting__row">
							<span>{sentenceOf(invitation)}</span>
							<button class="text-button" type="button" onClick={() => list.revoke(invitation.id)}>
								Revoke
							</button>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

/** Such as "2 of 20 used, by Ada and Ben. Ends 4 Dec". */
function sentenceOf({ uses, used, usedBy, expiresAt }: InvitationInfo): string {
	const names = new Intl.ListFormat("en").format(usedBy.slice(0, SHOWN_NAMES).map(({ name }) => name));
	const more = used > SHOWN_NAMES ? " and others" : "";
	const end = new Date(expiresAt).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
	return `${used} of ${uses} used${names === "" ? "" : `, by ${names}${more}`}. Ends ${end}`;
}

const SHOWN_NAMES = 3;
