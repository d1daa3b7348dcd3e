import { type ComponentChildren, render } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

/** Draws its children in an element elsewhere on the page. */
export function Portal({ into, children }: { into: Element; children: ComponentChildren }) {
	useLayoutEffect(() => render(children, into));
	useEffect(() => () => render(null, into), [into]);
	return null;
}
