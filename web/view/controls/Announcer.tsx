import { signal } from "@preact/signals";

type Sentence = { key: number; text: string; urgent: boolean };

/** Screen readers have taken a sentence over after this time, so it is removed. */
const KEPT_MS = 10_000;

const sentences = signal<readonly Sentence[]>([]);
let count = 0;

/** Has screen readers read a sentence after the current one. */
export function announce(text: string): void {
	add(text, false);
}

/** Has screen readers read a failure at once. */
export function announceFailure(text: string): void {
	add(text, true);
}

function add(text: string, urgent: boolean): void {
	const added = { key: ++count, text, urgent };
	sentences.value = [...sentences.peek(), added];
	setTimeout(() => {
		sentences.value = sentences.peek().filter((sentence) => sentence !== added);
	}, KEPT_MS);
}

/**
 * The live regions of {@link announce} and {@link announceFailure}: the only ones that read messages. Each sentence is an
 * element that is added, so that two at the same time, or the same one again, are both read.
 */
export function Announcer() {
	return (
		<>
			<Region live="polite" urgent={false} />
			<Region live="assertive" urgent={true} />
		</>
	);
}

function Region({ live, urgent }: { live: "polite" | "assertive"; urgent: boolean }) {
	return (
		<div class="visually-hidden" aria-live={live} aria-atomic="false" aria-relevant="additions">
			{sentences.value
				.filter((sentence) => sentence.urgent === urgent)
				.map(({ key, text }) => (
					<p key={key} dir="auto">
						{text}
					</p>
				))}
		</div>
	);
}
