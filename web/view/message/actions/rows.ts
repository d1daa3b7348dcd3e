/** The message that an element belongs to, on the page. */
export type RowElement = {
	/** The key of the message. */
	key: string;
	/** Takes the focus. */
	row: HTMLElement;
	/** Where the toolbar is drawn. */
	slot: HTMLElement;
};

export function rowAt(target: EventTarget | null): RowElement | undefined {
	const row = target instanceof Element ? target.closest<HTMLElement>("article") : null;
	const slot = row?.querySelector<HTMLElement>("[data-message]");
	return row && slot ? { key: slot.dataset.message!, row, slot } : undefined;
}
