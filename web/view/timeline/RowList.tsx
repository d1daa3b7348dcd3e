import { Component, createRef, type RefObject } from "preact";
import type { Room } from "../../model/room.ts";
import { RowView } from "./RowView.tsx";
import type { ScrollKeeper } from "./scroll-keeper.ts";
import type { TimelineRow } from "./timeline-rows.ts";

type Props = {
	rows: readonly TimelineRow[];
	room: Room;
	userName: string;
	now: number;
	keeper: RefObject<ScrollKeeper | undefined>;
};

/** All rows. A class, for `getSnapshotBeforeUpdate`, which reads positions before the page changes. */
export class RowList extends Component<Props> {
	readonly list = createRef<HTMLOListElement>();

	override getSnapshotBeforeUpdate(): null {
		// Only messages: a day's heading moves when older messages of the day are loaded.
		this.props.keeper.current?.before(this.list.current?.querySelectorAll("[data-anchor]") ?? []);
		return null;
	}

	override componentDidUpdate(): void {
		this.props.keeper.current?.after();
	}

	override render({ rows, room, userName, now }: Props) {
		return (
			<ol class="rows" ref={this.list}>
				{rows.map((row) => (
					<RowView key={row.key} row={row} room={room} userName={userName} now={now} />
				))}
			</ol>
		);
	}
}
