import { excerptOf, textOrFiles } from "../../model/excerpt.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";

const EXCERPT_CHARS = 120;

type Props = { room: Room; reply: string | undefined; onClose: () => void };

/** Names the message that the next one replies to. */
export function ReplyingTo({ room, reply, onClose }: Props) {
	const item = room.items.value.find((item) => item.kind === "message" && item.key === reply);
	return (
		<div class="replying">
			<p class="replying__text">
				{item?.kind === "message" ? (
					<>
						Replying to <bdi class="replying__name">{item.mine ? "yourself" : item.author.name}</bdi>:{" "}
						<bdi>{excerptOf(textOrFiles(item.content.body ?? "Location", item.files), EXCERPT_CHARS)}</bdi>
					</>
				) : (
					"Replying to a message"
				)}
			</p>
			<CloseButton label="Cancel the reply" onClick={onClose} />
		</div>
	);
}
