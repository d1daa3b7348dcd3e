import type { Quote } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { Avatar } from "../people/Avatar.tsx";

/** Names the message that this one replies to, as it is now, and jumps there. */
export function ReplyLine({ quote, room }: { quote: Quote; room: Room }) {
	const { seq, state, author } = quote;
	if (state !== "here" || author === undefined)
		return (
			<p class="reply-line reply-line--gone">
				<Icon name="reply" size={14} /> {state === "removed" ? "Message removed" : "Reply"}
			</p>
		);
	return (
		<button class="reply-line" type="button" onClick={() => seq !== undefined && void room.jumpTo(seq)}>
			<Icon name="reply" size={14} />
			<span class="visually-hidden">In reply to </span>
			<Avatar user={author} />
			<bdi class="reply-line__name">{author.name}</bdi>
			<bdi class="reply-line__text">{quote.location ? "Location" : quote.excerpt}</bdi>
		</button>
	);
}
