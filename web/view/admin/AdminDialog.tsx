import type { ChatModel } from "../../model/chat-model.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { AuditSection } from "./AuditSection.tsx";
import { BansSection } from "./BansSection.tsx";
import { HeadroomSection } from "./HeadroomSection.tsx";
import { PeopleSection } from "./PeopleSection.tsx";
import { ReportsSection } from "./ReportsSection.tsx";

type Props = {
	chat: ChatModel;
	onClose: () => void;
	/** Called when a message is shown in its room. */
	onShow: () => void;
};

/** What owners and moderators see of the whole chat, and can do. */
export function AdminDialog({ chat, onClose, onShow }: Props) {
	const isOwner = chat.session.user.value?.role === "owner";
	return (
		<Drawer from="middle" label="Manage the chat" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Manage the chat</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="settings">
				{isOwner && <HeadroomSection chat={chat} />}
				<ReportsSection chat={chat} onShow={onShow} />
				<PeopleSection chat={chat} />
				<BansSection chat={chat} />
				{isOwner && <AuditSection chat={chat} />}
			</div>
		</Drawer>
	);
}
