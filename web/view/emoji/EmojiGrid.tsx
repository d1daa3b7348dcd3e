// biome-ignore-all lint/a11y/useSemanticElements: the cells wrap by the width of the picker, not by a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons in the cells have the focus
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { moveInGrid } from "./grid-keys.ts";

export type EmojiCell = { emoji: string; label: string };

type Props = {
	label: string;
	cells: readonly EmojiCell[];
	columns: number;
	onPick: (emoji: string) => void;
	/** Called with the cell that has the focus or is under the mouse. */
	onShow: (cell: EmojiCell) => void;
	/** Called for a key that moves up from the first row. */
	onLeave: () => void;
};

/** A grid of emoji: one tab stop, with the arrow keys inside. */
export function EmojiGrid({ label, cells, columns, onPick, onShow, onLeave }: Props) {
	const active = useSignal(0);
	const grid = useRef<HTMLDivElement>(null);
	useEffect(() => {
		active.value = 0;
	}, [cells]);

	function move(event: KeyboardEvent): void {
		const target = moveInGrid(event.key, active.peek(), cells.length, columns, event.ctrlKey || event.metaKey);
		if (target === undefined) return;
		event.preventDefault();
		if (target === "before") {
			onLeave();
			return;
		}
		active.value = target;
		grid.current?.querySelectorAll("button")[target]?.focus();
	}

	const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
		cells.slice(row * columns, (row + 1) * columns),
	);
	return (
		<div ref={grid} class="emoji-grid" role="grid" aria-label={label} onKeyDown={move}>
			{rows.map((row, rowIndex) => (
				<div key={rowIndex} class="emoji-grid__row" role="row">
					{row.map((cell, column) => {
						const index = rowIndex * columns + column;
						return (
							<span key={cell.emoji} role="gridcell">
								<button
									class="emoji-grid__emoji"
									type="button"
									tabIndex={index === Math.min(active.value, cells.length - 1) ? 0 : -1}
									aria-label={cell.label}
									onClick={() => onPick(cell.emoji)}
									onFocus={() => {
										active.value = index;
										onShow(cell);
									}}
									onPointerEnter={() => onShow(cell)}
								>
									{cell.emoji}
								</button>
							</span>
						);
					})}
				</div>
			))}
		</div>
	);
}
