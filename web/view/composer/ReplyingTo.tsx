import type { Signal } from "@preact/signals";
import { excerptOf } from "../../model/excerpt.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";

const EXCERPT_CHARS = 120;

type Props = { room: Room; reply: Signal<string | undefined>; onClose: () => void };

/** Names the message that the next one replies to. */
export function ReplyingTo({ room, reply, onClose }: Props) {
	const item = room.items.value.find((item) => item.kind === "message" && item.key === reply.value);
	if (reply.value === undefined) return null;
	return (
		<div class="replying">
			<p class="replying__text">
				{item?.kind === "message" ? (
					<>
						Replying to <bdi class="replying__name">{item.mine ? "yourself" : item.author.name}</bdi>:{" "}
						<bdi>{excerptOf(item.content.body ?? "Location", EXCERPT_CHARS)}</bdi>
					</>
				) : (
					"Replying to a message"
				)}
			</p>
			<CloseButton label="Cancel the reply" onClick={onClose} />
		</div>
	);
}
