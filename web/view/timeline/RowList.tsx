import { Component, type RefObject } from "preact";
import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { Row } from "./Row.tsx";
import { targetOfKey } from "./row-keys.ts";
import type { MessageRow, TimelineRow } from "./timeline-rows.ts";

/** Handles a key on the message that has the focus. Returns whether it did. */
export type OnMessageKey = (event: KeyboardEvent, item: MessageItem) => boolean;

type Props = {
	/** The element whose children are the rows. */
	list: RefObject<HTMLDivElement | null>;
	rows: readonly TimelineRow[];
	room: Room;
	userName: string;
	now: number;
	/** Called after the rows have changed on the page, before they are painted. */
	onChanged: () => void;
	/** Escape on a message. */
	onEscape: () => void;
	onKey?: OnMessageKey | undefined;
};

type State = { focused?: string | undefined };

/** The index of the message that had the focus before a change; undefined if none had it. */
type Snapshot = number | undefined;

/** All rows: one tab stop, in which arrow keys move between the messages. The focus stays in the list when rows change. */
export class RowList extends Component<Props, State> {
	override getSnapshotBeforeUpdate(): Snapshot {
		const focused = this.#focused();
		return focused === undefined ? undefined : this.#articles().indexOf(focused);
	}

	override componentDidUpdate({ rows }: Props, _state: State, before: Snapshot): void {
		if (rows !== this.props.rows) this.props.onChanged();
		if (before === undefined || before < 0 || this.#focused() !== undefined) return;
		// The message that had the focus was removed. The next one has its index.
		const articles = this.#articles();
		articles[Math.min(before, articles.length - 1)]?.focus({ preventScroll: true });
	}

	override render({ list, rows, room, userName, now }: Props, { focused }: State) {
		const stop = rows.some(({ key }) => key === focused)
			? focused
			: rows.findLast(({ kind }) => kind === "message")?.key;
		return (
			// biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the messages in it
			<div class="rows" ref={list} onFocusIn={this.#focusMoved} onKeyDown={this.#keyPressed}>
				{rows.map((row) => (
					<Row key={row.key} row={row} room={room} userName={userName} now={now} isTabStop={row.key === stop} />
				))}
			</div>
		);
	}

	#focusMoved = (): void => {
		const key = this.#focused()?.dataset.anchor;
		if (key !== this.state.focused) this.setState({ focused: key });
	};

	#keyPressed = (event: KeyboardEvent): void => {
		const focused = this.#focused();
		if (focused === undefined) return;
		if (event.key === "Escape") {
			event.preventDefault();
			this.props.onEscape();
			return;
		}
		// Keys inside the message belong to the link or button that has the focus.
		if (event.target !== focused) return;
		const key = focused.dataset.anchor;
		const row = this.props.rows.find((one): one is MessageRow => one.kind === "message" && one.key === key);
		if (row !== undefined && this.props.onKey?.(event, row.item)) {
			event.preventDefault();
			return;
		}
		const articles = this.#articles();
		const target = articles[targetOfKey(event, articles.indexOf(focused), articles.length) ?? -1];
		if (target === undefined) return;
		event.preventDefault();
		// The browser would centre it.
		target.focus({ preventScroll: true });
		target.scrollIntoView({ block: "nearest" });
	};

	/** The message that has the focus, or in which a link or a button has it. */
	#focused(): HTMLElement | undefined {
		const article = document.activeElement?.closest<HTMLElement>("article");
		return article && this.props.list.current?.contains(article) ? article : undefined;
	}

	#articles(): HTMLElement[] {
		return [...(this.props.list.current?.querySelectorAll<HTMLElement>(":scope > article") ?? [])];
	}
}
