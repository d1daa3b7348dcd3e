import { Component } from "preact";
import type { Room } from "../../model/room.ts";
import { Avatar } from "../people/Avatar.tsx";
import type { MessageRow } from "../timeline/timeline-rows.ts";
import { FailedMessage } from "./FailedMessage.tsx";
import { LinkedText } from "./LinkedText.tsx";
import { LocationCard } from "./LocationCard.tsx";
import { StateIcon } from "./StateIcon.tsx";
import { Time } from "./Time.tsx";

type Props = { row: MessageRow; room: Room };

/** One message. A class, for `shouldComponentUpdate`: of hundreds of messages only the changed ones are drawn again. */
export class MessageView extends Component<Props> {
	override shouldComponentUpdate({ row }: Props): boolean {
		const drawn = this.props.row;
		return row.item !== drawn.item || row.first !== drawn.first || row.last !== drawn.last;
	}

	override render({ row, room }: Props) {
		const { item, first, last } = row;
		const { author, content, mine, state } = item;
		const side = mine ? "message--mine" : "message--theirs";
		const position = `${first ? "" : " message--follows"}${last ? "" : " message--followed"}`;
		const head = (
			<p class={first ? "message__head" : "message__head message__head--folded"}>
				<bdi class={mine || !first ? "message__author visually-hidden" : "message__author"}>
					{mine ? "You" : author.name}
				</bdi>
				<Time at={item.createdAt} />
			</p>
		);
		return (
			<div class={`message ${side}${position}`} data-state={state}>
				{first && !mine && <Avatar user={author} />}
				{first && head}
				<div class="message__line">
					{!first && head}
					{mine && <StateIcon state={state} />}
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
			</div>
		);
	}
}
