import type { RefObject } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../Icon.tsx";

type Props = {
	label: string;
	name: string;
	value: string;
	onInput: (value: string) => void;
	/** What is wrong with it, as a sentence. */
	error?: string | undefined;
	hint?: string;
	maxLength: number;
	autoComplete: string;
	autoCapitalize?: "words" | "none";
	inputRef: RefObject<HTMLInputElement | null>;
};

/** One line of text with its name above it and, beneath, what is wrong with it. */
export function TextField(props: Props) {
	const id = useId();
	const described = props.error !== undefined ? `${id}-error` : props.hint !== undefined ? `${id}-hint` : undefined;
	return (
		<div class="field">
			<label class="field__label" for={id}>
				{props.label}
			</label>
			<input
				id={id}
				ref={props.inputRef}
				class="field__input"
				name={props.name}
				type="text"
				dir="auto"
				value={props.value}
				maxLength={props.maxLength}
				autoComplete={props.autoComplete}
				autoCapitalize={props.autoCapitalize ?? "none"}
				spellcheck={false}
				aria-invalid={props.error !== undefined}
				aria-describedby={described}
				onInput={(event) => props.onInput(event.currentTarget.value)}
			/>
			{props.error !== undefined && (
				<p class="field__error" id={`${id}-error`}>
					<Icon name="alert" size={16} />
					{props.error}
				</p>
			)}
			{props.error === undefined && props.hint !== undefined && (
				<p class="field__hint" id={`${id}-hint`}>
					{props.hint}
				</p>
			)}
		</div>
	);
}
