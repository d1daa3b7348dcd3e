import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { openLayer } from "../history-layer.ts";

type Props = {
	/** The edge of the page; `middle` is a centred dialog, and `all` covers the page. */
	from: "left" | "right" | "bottom" | "middle" | "all";
	/** Read by screen readers. */
	label: string;
	onClose: () => void;
	children: ComponentChildren;
};

/**
 * A panel over the page: a native dialog, which traps the focus, closes on Escape and restores the focus. Back closes it
 * too. An element with `data-first-focus` gets the focus.
 */
export function Drawer({ from, label, onClose, children }: Props) {
	const dialog = useRef<HTMLDialogElement>(null);
	const removed = useRef(false);
	useEffect(() => {
		const shown = dialog.current;
		shown?.showModal();
		shown?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
		const closeLayer = openLayer(() => shown?.close());
		return () => {
			removed.current = true;
			shown?.close();
			closeLayer();
		};
	}, []);

	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Escape
		<dialog
			ref={dialog}
			class={`drawer drawer--${from}`}
			aria-label={label}
			// The event is asynchronous: after the drawer was removed, another one may be open.
			onClose={() => removed.current || onClose()}
			onClick={(event) => {
				// A click on the backdrop has the dialog itself as its target.
				if (event.target === event.currentTarget) dialog.current?.close();
			}}
		>
			<div class="drawer__inside">{children}</div>
		</dialog>
	);
}
