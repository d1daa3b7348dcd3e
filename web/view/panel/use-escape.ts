import { useEffect } from "preact/hooks";
import { isComposing } from "../controls/is-composing.ts";

/** Calls `onEscape` for the Escape key while `active`, unless a dialog or a menu has handled it. */
export function useEscape(onEscape: () => void, active: boolean): void {
	useEffect(() => {
		if (!active) return;
		const handle = (event: KeyboardEvent) => {
			const isFree = !event.defaultPrevented && !isComposing(event) && document.querySelector("dialog[open]") === null;
			if (event.key === "Escape" && isFree) onEscape();
		};
		addEventListener("keydown", handle);
		return () => removeEventListener("keydown", handle);
	}, [active]);
}
