import { Component, createRef, type RefObject } from "preact";
import type { Room } from "../../model/room.ts";
import { RowLine } from "./RowLine.tsx";
import type { Row } from "./rows.ts";
import type { ScrollKeeper } from "./scroll-keeper.ts";

type Props = {
	rows: readonly Row[];
	room: Room;
	userName: string;
	now: number;
	keeper: RefObject<ScrollKeeper | undefined>;
};

/** All rows. A class, because only a class is asked before the page changes, when it still stands as the eye saw it. */
export class RowList extends Component<Props> {
	readonly list = createRef<HTMLOListElement>();

	override getSnapshotBeforeUpdate(): null {
		// Not the days, which move up as older messages of them come, nor the heads, which come and go.
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
					<RowLine key={row.key} row={row} room={room} userName={userName} now={now} />
				))}
			</ol>
		);
	}
}
