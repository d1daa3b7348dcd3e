import { Component, type ComponentChildren } from "preact";
import type { Room } from "../../model/room.ts";
import { Avatar } from "../people/Avatar.tsx";
import type { MessageRow } from "../timeline/timeline-rows.ts";
import { FailedMessage } from "./FailedMessage.tsx";
import { LocationCard } from "./LocationCard.tsx";
import { MessageText } from "./markdown/MessageText.tsx";
import { SendingMark } from "./SendingMark.tsx";
import { Time } from "./Time.tsx";

type Props = {
	row: MessageRow;
	room: Room;
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

	override render({ row, room, toolbar }: Props) {
		const { item, first, last } = row;
		const { author, content, mine, state } = item;
		const side = mine ? "message--mine" : "message--theirs";
		const position = `${first ? "" : " message--follows"}${last ? "" : " message--followed"}`;
		return (
			<li class={`message ${side}${position}`} data-state={state}>
				{first && <Avatar user={author} />}
				<p class={first ? "message__head" : "message__head message__head--folded"}>
					<bdi class={first ? "message__author" : "message__author visually-hidden"}>{mine ? "You" : author.name}</bdi>
					<Time at={item.createdAt} />
				</p>
				<div class="message__bubble" data-anchor>
					{content.location === undefined ? (
						<MessageText body={content.body} />
					) : (
						<LocationCard location={content.location} />
					)}
					{(state === "queued" || state === "sending") && <SendingMark state={state} />}
				</div>
				{state === "failed" && item.clientId !== undefined && (
					<FailedMessage room={room} clientId={item.clientId} refusal={item.refusal} />
				)}
				{toolbar}
			</li>
		);
	}
}
