import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Props = {
	/** Where it comes from; `middle` is a dialog. */
	from: "left" | "right" | "middle";
	/** What it is, for those who hear it. */
	label: string;
	onClose: () => void;
	children: ComponentChildren;
};

/** A panel over the page: the browser's own dialog keeps the focus in it, closes on Escape and gives the focus back. */
export function Drawer({ from, label, onClose, children }: Props) {
	const dialog = useRef<HTMLDialogElement>(null);
	const removed = useRef(false);
	useEffect(() => {
		const shown = dialog.current;
		shown?.showModal();
		return () => {
			removed.current = true;
			shown?.close();
		};
	}, []);

	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key
		<dialog
			ref={dialog}
			class={`drawer drawer--${from}`}
			aria-label={label}
			// The event comes late: whoever took the drawer away may have opened another one since.
			onClose={() => removed.current || onClose()}
			onClick={(event) => {
				// The backdrop is the dialog itself; everything in it is deeper.
				if (event.target === event.currentTarget) dialog.current?.close();
			}}
		>
			<div class="drawer__inside">{children}</div>
		</dialog>
	);
}
