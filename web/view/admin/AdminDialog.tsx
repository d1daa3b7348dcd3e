import type { ChatModel } from "../../model/chat-model.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { BansSection } from "./BansSection.tsx";

/** What owners and moderators see of the whole chat, and can do. */
export function AdminDialog({ chat, onClose }: { chat: ChatModel; onClose: () => void }) {
	return (
		<Drawer from="middle" label="Manage the chat" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Manage the chat</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="settings">
				<BansSection chat={chat} />
			</div>
		</Drawer>
	);
}
