import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Makes a field as high as its text. */
export function useAutoHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
	useLayoutEffect(() => {
		const area = field.current!;
		area.style.height = "auto";
		area.style.height = `${area.scrollHeight}px`;
	}, [text]);
}
