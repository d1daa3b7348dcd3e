import { type ComponentChildren, render } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Draws its children in an element elsewhere on the page. */
export function Portal({ into, children }: { into: Element; children: ComponentChildren }) {
	useLayoutEffect(() => render(children, into));
	useLayoutEffect(() => () => render(null, into), [into]);
	return null;
}
