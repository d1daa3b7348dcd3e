import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Opens the dialog while it is drawn. Escape and a click beside it close it. */
export function useEmojiDialog(onClose: () => void): RefObject<HTMLDialogElement | null> {
	const dialog = useRef<HTMLDialogElement>(null);
	const close = useRef(onClose);
	close.current = onClose;
	useEffect(() => {
		const shown = dialog.current!;
		let isRemoved = false;
		const handleClose = () => isRemoved || close.current();
		const handleClick = (event: MouseEvent) => {
			// A click on the backdrop has the dialog itself as its target.
			if (event.target === shown) shown.close();
		};
		shown.addEventListener("close", handleClose);
		shown.addEventListener("click", handleClick);
		shown.showModal();
		// On a phone the focus in the field would open the keyboard over the emoji.
		if (matchMedia("(pointer: coarse)").matches) shown.focus();
		return () => {
			isRemoved = true;
			shown.close();
			shown.removeEventListener("close", handleClose);
			shown.removeEventListener("click", handleClick);
		};
	}, []);
	return dialog;
}
