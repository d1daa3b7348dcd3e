import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";

export type MenuItem = { icon: IconName | VNode; label: string; isDanger?: boolean; onChoose: () => void };

type Props = {
	/** Read by screen readers. */
	label: string;
	class?: string;
	items: MenuItem[];
	/** Called when the menu closes, whether or not an item was chosen. */
	onClose: () => void;
};

/** A menu beside the button that opens it. Arrow keys move in it; Escape, Tab and a click elsewhere close it. */
export function Menu({ label, class: className = "", items, onClose }: Props) {
	const menu = useRef<HTMLDivElement>(null);
	const buttons = () => [...(menu.current?.querySelectorAll("button") ?? [])];

	// A layout effect ends with the render that removes the menu; another effect ends later, when something else may have the focus.
	useLayoutEffect(() => {
		const opener = document.activeElement;
		buttons()[0]?.focus();
		const closeOutside = (event: PointerEvent) => {
			const { target } = event;
			if (target instanceof Node && !menu.current?.parentElement?.contains(target)) onClose();
		};
		addEventListener("pointerdown", closeOutside);
		return () => {
			removeEventListener("pointerdown", closeOutside);
			// After the menu is gone.
			queueMicrotask(() => {
				if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
			});
		};
	}, []);

	function handleKey(event: KeyboardEvent): void {
		const all = buttons();
		const index = all.indexOf(document.activeElement as HTMLButtonElement);
		const steps: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 };
		const step = steps[event.key];
		if (step !== undefined) all.at(step % all.length)?.focus();
		else if (event.key !== "Escape" && event.key !== "Tab") return;
		else onClose();
		if (event.key !== "Tab") event.preventDefault();
	}

	return (
		<div ref={menu} class={`menu ${className}`} role="menu" aria-label={label} tabIndex={-1} onKeyDown={handleKey}>
			{items.map(({ icon, label: name, isDanger, onChoose }) => (
				<button
					key={name}
					class={isDanger ? "menu__item menu__item--danger" : "menu__item"}
					type="button"
					role="menuitem"
					tabIndex={-1}
					onClick={() => {
						onClose();
						onChoose();
					}}
				>
					{typeof icon === "string" ? <Icon name={icon} /> : icon}
					{name}
				</button>
			))}
		</div>
	);
}
