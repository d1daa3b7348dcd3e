import { Component, createRef } from "preact";
import type { Room } from "../../model/room.ts";
import { RowView } from "./RowView.tsx";
import { rowLabel } from "./row-label.ts";
import type { TimelineRow } from "./timeline-rows.ts";

type Props = {
	row: TimelineRow;
	room: Room;
	userName: string;
	now: number;
	/** Whether the Tab key leads to this row and to the links and buttons in it. */
	isTabStop: boolean;
};

/** The element of one row: a message is an article that takes the focus. Only a row that has changed is drawn again. */
export class Row extends Component<Props> {
	readonly element = createRef<HTMLElement>();

	override shouldComponentUpdate({ row, now, isTabStop }: Props): boolean {
		const drawn = this.props;
		return row !== drawn.row || isTabStop !== drawn.isTabStop || (row.kind === "day" && now !== drawn.now);
	}

	override componentDidMount(): void {
		this.#setTabStops();
	}

	override componentDidUpdate(): void {
		this.#setTabStops();
	}

	override render({ row, room, userName, now, isTabStop }: Props) {
		const view = <RowView row={row} room={room} userName={userName} now={now} />;
		// Days and the line above unread messages are between the rows. Their position is not kept: it changes with the messages.
		if (row.kind === "day" || row.kind === "unread") return view;
		if (row.kind !== "message")
			return (
				<div class="row" data-anchor={row.key}>
					{view}
				</div>
			);
		return (
			<article
				class="row"
				ref={this.element}
				data-anchor={row.key}
				data-seq={row.item.seq}
				aria-label={rowLabel(row)}
				tabIndex={isTabStop ? 0 : -1}
			>
				{view}
			</article>
		);
	}

	/** The timeline is one tab stop, so the Tab key skips what is inside the other rows. */
	#setTabStops(): void {
		for (const inside of this.element.current?.querySelectorAll<HTMLElement>("a, button") ?? [])
			inside.tabIndex = this.props.isTabStop ? 0 : -1;
	}
}
