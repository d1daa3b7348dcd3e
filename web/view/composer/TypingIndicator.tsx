import type { ReadonlySignal } from "@preact/signals";
import type { User } from "../../../app/protocol/session.ts";
import { typingParts } from "./typing-parts.ts";

/** The users who are typing. Its height is fixed, so that nothing moves. */
export function TypingIndicator({ typing }: { typing: ReadonlySignal<readonly User[]> }) {
	const parts = typingParts(typing.value);
	return (
		<p class="typing">
			{parts.length > 0 && (
				<>
					<span class="typing__dots" aria-hidden="true">
						<i />
						<i />
						<i />
					</span>
					<span class="typing__who">
						{parts.map((part, index) => (part.name ? <bdi key={index}>{part.text}</bdi> : part.text))}
					</span>
				</>
			)}
		</p>
	);
}
