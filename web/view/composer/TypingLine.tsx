import type { ReadonlySignal } from "@preact/signals";
import type { User } from "../../../app/protocol/session.ts";
import { typingParts } from "./typing-parts.ts";

/** Who is typing. It has its height also when nobody is, so that nothing moves. */
export function TypingLine({ typing }: { typing: ReadonlySignal<readonly User[]> }) {
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
