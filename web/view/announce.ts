import { signal } from "@preact/signals";

/** The last thing that was said to those who hear the page. */
export const announcement = signal("");

/** Says a sentence to those who hear the page, after what is being read. The same sentence twice is said twice. */
export function announce(sentence: string): void {
	announcement.value = announcement.peek() === sentence ? `${sentence}\u00a0` : sentence;
}
