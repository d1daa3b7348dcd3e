import { signal } from "@preact/signals";

const announcement = signal("");

/** Has screen readers read a sentence after the current one. Repeated sentences are read again. */
export function announce(sentence: string): void {
	announcement.value = announcement.peek() === sentence ? `${sentence}\u00a0` : sentence;
}

/** The live region of {@link announce}. Screen readers ignore a region that is added together with its text. */
export function Announcer() {
	return (
		<p class="visually-hidden" role="status">
			{announcement}
		</p>
	);
}
