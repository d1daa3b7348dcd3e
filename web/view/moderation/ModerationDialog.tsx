import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import type { ModerationOverlay } from "../message/actions/overlay.ts";
import { PersonDialog } from "./PersonDialog.tsx";
import { ReportDialog } from "./ReportDialog.tsx";

type Props = { chat: ChatModel; room: Room; shown: ModerationOverlay; onClose: () => void };

/** What people report and moderators do, over a room. */
export function ModerationDialog({ chat, room, shown, onClose }: Props) {
	if (shown.kind === "report") return <ReportDialog chat={chat} room={room} item={shown.item} onClose={onClose} />;
	return <PersonDialog chat={chat} user={shown.user} room={room.name} onClose={onClose} />;
}
