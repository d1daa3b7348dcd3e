import { Component } from "preact";
import type { Room } from "../../model/room.ts";
import { Avatar } from "../people/Avatar.tsx";
import type { MessageRow } from "../timeline/timeline-rows.ts";
import { FailedChanges } from "./FailedChanges.tsx";
import { FailedMessage } from "./FailedMessage.tsx";
import { MessageBody } from "./MessageBody.tsx";
import { Reactions } from "./Reactions.tsx";
import { ReplyLine } from "./ReplyLine.tsx";
import { ThreadLink } from "./ThreadLink.tsx";
import { Time } from "./Time.tsx";

type Props = {
	row: MessageRow;
	room: Room;
	/** Whether it is drawn in the panel of its thread, which names the message that it answers. */
	inThread?: boolean;
};

/** One message. A class, for `shouldComponentUpdate`: of hundreds of messages only the changed ones are drawn again. */
export class MessageView extends Component<Props> {
	override shouldComponentUpdate({ row }: Props): boolean {
		const drawn = this.props.row;
		return row.item !== drawn.item || row.first !== drawn.first || row.last !== drawn.last;
	}

	override render({ row, room, inThread = false }: Props) {
		const { item, first, last } = row;
		const { author, mine, state } = item;
		const side = mine ? "message--mine" : "message--theirs";
		const position = `${first ? "" : " message--follows"}${last ? "" : " message--followed"}`;
		const mention = item.mentionsMe ? " message--mentions-me" : "";
		return (
			<div class={`message ${side}${position}${mention}`} data-state={state}>
				{first && <Avatar user={author} />}
				<p class={first ? "message__head" : "message__head message__head--folded"}>
					<bdi class={first ? "message__author" : "message__author visually-hidden"}>{mine ? "You" : author.name}</bdi>
					<Time at={item.createdAt} />
				</p>
				{item.reply && !inThread && <ReplyLine quote={item.reply} room={room} />}
				<div class="message__bubble">
					<MessageBody item={item} room={room} hasForm={!inThread} />
				</div>
				{item.reactions && <Reactions item={item} room={room} />}
				{state === "failed" && item.clientId !== undefined && (
					<FailedMessage room={room} clientId={item.clientId} refusal={item.refusal} />
				)}
				<FailedChanges item={item} room={room} />
				{!inThread && <ThreadLink item={item} room={room} />}
				{/* The toolbar is drawn here while the message is hovered or has the focus. */}
				<div class="message__actions" data-message={item.key} />
			</div>
		);
	}
}
