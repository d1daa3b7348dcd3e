import type { MessageItem, PendingMark } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { startEdit } from "./editing.ts";
import { FailedMessage } from "./FailedMessage.tsx";

/** What could not be done with a message, or that it was not sent: each with its reason, and buttons to retry or discard it. */
export function FailedChanges({ item, room }: { item: MessageItem; room: Room }) {
	const { state, clientId, refusal, edit, removal, pin, reactions = [] } = item;
	const failed: [sentence: string, mark: PendingMark | undefined, onEdit?: () => void][] = [
		["Your edit wasn't saved.", edit, () => startEdit(room, item, "message")],
		["Not deleted.", removal],
		["Not pinned.", pin],
		...reactions.map(({ emoji, pending }): [string, PendingMark | undefined] => [`${emoji} wasn't saved.`, pending]),
	];
	return (
		<>
			{state === "failed" && clientId !== undefined && (
				<FailedMessage room={room} clientId={clientId} refusal={refusal} />
			)}
			{failed.map(
				([sentence, mark, onEdit]) =>
					mark?.state === "failed" && (
						<FailedMessage
							key={mark.clientId}
							room={room}
							clientId={mark.clientId}
							refusal={mark.refusal}
							sentence={sentence}
							onEdit={onEdit}
						/>
					),
			)}
		</>
	);
}
