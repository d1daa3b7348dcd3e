import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { showThread } from "../thread/thread-choice.ts";

/** Opens the thread of a message that has replies. */
export function ThreadLink({ item, room }: { item: MessageItem; room: Room }) {
	const { replies = 0, seq } = item;
	if (replies === 0 || seq === undefined) return null;
	return (
		<button class="thread-link" type="button" onClick={() => showThread(room, seq)}>
			{replies === 1 ? "1 reply" : `${replies} replies`} ›
		</button>
	);
}
