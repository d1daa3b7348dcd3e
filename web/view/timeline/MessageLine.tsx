import { Component } from "preact";
import type { Room } from "../../model/room.ts";
import { Avatar } from "../people/Avatar.tsx";
import { FailedMessage } from "./FailedMessage.tsx";
import { LinkedText } from "./LinkedText.tsx";
import { LocationCard } from "./LocationCard.tsx";
import type { MessageRow } from "./rows.ts";
import { StateMark } from "./StateMark.tsx";
import { Time } from "./Time.tsx";

type Props = { row: MessageRow; room: Room };

/** One message. A class, because of the hundreds on the page only those that changed are drawn anew. */
export class MessageLine extends Component<Props> {
	override shouldComponentUpdate({ row }: Props): boolean {
		const drawn = this.props.row;
		return row.item !== drawn.item || row.first !== drawn.first || row.last !== drawn.last;
	}

	override render({ row, room }: Props) {
		const { item, first, last } = row;
		const { author, content, mine, state } = item;
		const whose = mine ? "message--mine" : "message--theirs";
		const place = `${first ? "" : " message--follows"}${last ? "" : " message--followed"}`;
		const head = (
			<p class={first ? "message__head" : "message__head message__head--folded"}>
				<bdi class={mine || !first ? "message__author aloud" : "message__author"}>{mine ? "You" : author.name}</bdi>
				<Time at={item.createdAt} />
			</p>
		);
		return (
			<li class={`message ${whose}${place}`} data-state={state}>
				{first && !mine && <Avatar user={author} />}
				{first && head}
				<div class="message__line" data-anchor>
					{!first && head}
					{mine && <StateMark state={state} />}
					<div class="message__bubble">
						{content.location === undefined ? (
							<LinkedText text={content.body} />
						) : (
							<LocationCard location={content.location} />
						)}
					</div>
				</div>
				{state === "failed" && item.clientId !== undefined && (
					<FailedMessage room={room} clientId={item.clientId} refusal={item.refusal} />
				)}
			</li>
		);
	}
}
