import { useRef } from "preact/hooks";

export type EmojiTab = { name: string; icon: string };

type Props = {
	tabs: readonly EmojiTab[];
	/** Undefined while the results of a search are shown. */
	selected: string | undefined;
	/** The id of what the tabs show. */
	controls: string;
	onSelect: (name: string) => void;
};

/** The groups of emoji. */
export function EmojiTabs({ tabs, selected, controls, onSelect }: Props) {
	const list = useRef<HTMLDivElement>(null);

	function move(event: KeyboardEvent): void {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		const from = tabs.findIndex(({ name }) => name === selected);
		const to = (Math.max(from, 0) + step + tabs.length) % tabs.length;
		onSelect(tabs[to]!.name);
		list.current?.querySelectorAll("button")[to]?.focus();
	}

	return (
		<div ref={list} class="emoji-tabs" role="tablist" aria-label="Groups" onKeyDown={move}>
			{tabs.map(({ name, icon }, index) => (
				<button
					key={name}
					class="emoji-tabs__tab"
					type="button"
					role="tab"
					aria-selected={name === selected}
					aria-controls={controls}
					aria-label={name}
					title={name}
					tabIndex={name === selected || (selected === undefined && index === 0) ? 0 : -1}
					onClick={() => onSelect(name)}
				>
					<span aria-hidden="true">{icon}</span>
				</button>
			))}
		</div>
	);
}
