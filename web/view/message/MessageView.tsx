import { Component, type ComponentChildren } from "preact";
import type { Room } from "../../model/room.ts";
import { Avatar } from "../people/Avatar.tsx";
import type { MessageRow } from "../timeline/timeline-rows.ts";
import { FailedMessage } from "./FailedMessage.tsx";
import { LocationCard } from "./LocationCard.tsx";
import { MessageText } from "./markdown/MessageText.tsx";
import { mentionsOf } from "./mentions-of.ts";
import { ReplyLine } from "./ReplyLine.tsx";
import { SendingMark } from "./SendingMark.tsx";
import { ThreadLink } from "./ThreadLink.tsx";
import { Time } from "./Time.tsx";

type Props = {
	row: MessageRow;
	room: Room;
	/** Whether it is drawn in the panel of its thread, which names the message that it answers. */
	inThread?: boolean;
	/** Drawn at the end of the row: what can be done with the message. */
	toolbar?: ComponentChildren;
};

/** One message. A class, for `shouldComponentUpdate`: of hundreds of messages only the changed ones are drawn again. */
export class MessageView extends Component<Props> {
	override shouldComponentUpdate({ row, toolbar }: Props): boolean {
		const drawn = this.props.row;
		const isSameRow = row.item === drawn.item && row.first === drawn.first && row.last === drawn.last;
		return !isSameRow || toolbar !== this.props.toolbar;
	}

	override render({ row, room, inThread, toolbar }: Props) {
		const { item, first, last } = row;
		const { author, content, mine, state } = item;
		const side = mine ? "message--mine" : "message--theirs";
		const position = `${first ? "" : " message--follows"}${last ? "" : " message--followed"}`;
		return (
			<div
				class={`message ${side}${position}${item.mentionsMe ? " message--mentions-me" : ""}`}
				data-state={state}
				data-seq={item.seq}
			>
				{first && <Avatar user={author} />}
				<p class={first ? "message__head" : "message__head message__head--folded"}>
					<bdi class={first ? "message__author" : "message__author visually-hidden"}>{mine ? "You" : author.name}</bdi>
					<Time at={item.createdAt} />
				</p>
				{item.reply && !inThread && <ReplyLine quote={item.reply} room={room} />}
				<div class="message__bubble">
					{content.location === undefined ? (
						<MessageText body={content.body} {...mentionsOf(room, item)} />
					) : (
						<LocationCard location={content.location} />
					)}
					{(state === "queued" || state === "sending") && <SendingMark state={state} />}
				</div>
				{state === "failed" && item.clientId !== undefined && (
					<FailedMessage room={room} clientId={item.clientId} refusal={item.refusal} />
				)}
				{!inThread && <ThreadLink item={item} room={room} />}
				{toolbar}
			</div>
		);
	}
}
