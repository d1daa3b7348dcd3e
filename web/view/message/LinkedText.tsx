import { linkify } from "./linkify.ts";

/** The text of a message, with links. It is never parsed as markup. */
export function LinkedText({ text }: { text: string }) {
	return (
		<p class="text" dir="auto">
			{linkify(text).map((part, index) =>
				part.href === undefined ? (
					part.text
				) : (
					<a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
						{part.text}
					</a>
				),
			)}
		</p>
	);
}
