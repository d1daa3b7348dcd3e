import type { RefObject } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Completion, CompletionSources, Sigil } from "./completion.ts";
import { useCompletion } from "./use-completion.ts";

type Props = {
	/** The field. The list listens to its events before the field's own handlers, and changes its text by an `input` event. */
	input: RefObject<HTMLTextAreaElement | null>;
	sources: CompletionSources;
	/** Called when a completion has been inserted, as to note the id of a person. */
	onAccept?: (completion: Completion, sigil: Sigil) => void;
};

const LABELS: Record<Sigil, string> = { "@": "People", ":": "Emoji" };

/** What can be completed in the field: a list above it that the arrow keys, Enter and Tab choose from. */
export function CompletionList({ input, sources, onAccept }: Props) {
	const id = useId();
	const list = useRef<HTMLDivElement>(null);
	const { token, completions, active, accept } = useCompletion(input, sources, onAccept);
	const isOpen = token !== undefined && completions.length > 0;
	const activeId = isOpen ? `${id}-${active}` : undefined;

	useLayoutEffect(() => {
		const field = input.current;
		if (!field) return;
		field.setAttribute("aria-autocomplete", "list");
		field.setAttribute("aria-haspopup", "listbox");
		setOrRemove(field, "aria-controls", isOpen ? id : undefined);
		setOrRemove(field, "aria-activedescendant", activeId);
		list.current?.children[active]?.scrollIntoView({ block: "nearest" });
	}, [id, isOpen, activeId, active]);

	if (!isOpen) return null;
	return (
		<div ref={list} id={id} class="completions" role="listbox" aria-label={LABELS[token.sigil]}>
			{completions.map((completion, index) => (
				// biome-ignore lint/a11y: the keys are the field's, which keeps the focus
				<div
					key={completion.key}
					id={`${id}-${index}`}
					class="completions__item"
					role="option"
					aria-selected={index === active}
					// The field keeps the focus.
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => accept(completion)}
				>
					{completion.icon && (
						<span class="completions__icon" aria-hidden="true">
							{completion.icon}
						</span>
					)}
					<bdi class="completions__label">{completion.label}</bdi>
					{completion.detail && <span class="completions__detail">{completion.detail}</span>}
				</div>
			))}
		</div>
	);
}

function setOrRemove(element: Element, name: string, value: string | undefined): void {
	if (value === undefined) element.removeAttribute(name);
	else element.setAttribute(name, value);
}
