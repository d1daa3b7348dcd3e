import { useEffect } from "preact/hooks";

/** Calls `onOpen` for Ctrl+K or ⌘K, and for a slash while a message has the focus. */
export function usePaletteKey(onOpen: () => void): void {
	useEffect(() => {
		const handle = (event: KeyboardEvent) => {
			const hasControl = event.ctrlKey || event.metaKey;
			if (hasControl ? event.key !== "k" : event.key !== "/" || document.activeElement?.tagName !== "ARTICLE") return;
			event.preventDefault();
			onOpen();
		};
		addEventListener("keydown", handle);
		return () => removeEventListener("keydown", handle);
	}, []);
}
