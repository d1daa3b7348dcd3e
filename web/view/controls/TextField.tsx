import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon.tsx";

export type TextFieldProps = {
	label: string;
	name: string;
	value: Signal<string>;
	/** Called after each change of the value by the user. */
	onEdit?: () => void;
	/** The sentence to show in place of the hint. */
	error?: string | undefined;
	hint?: string;
	maxLength: number;
	autoComplete: string;
	autoCapitalize?: "words" | "none";
	/** Whether it gets the focus when its dialog opens. */
	isFirstFocus?: boolean;
	inputRef: RefObject<HTMLInputElement | null>;
};

/** A text field with its label above and the error or hint below. */
export function TextField(props: TextFieldProps) {
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
				data-first-focus={props.isFirstFocus}
				name={props.name}
				type="text"
				dir="auto"
				value={props.value.value}
				maxLength={props.maxLength}
				autoComplete={props.autoComplete}
				autoCapitalize={props.autoCapitalize ?? "none"}
				spellcheck={false}
				aria-invalid={props.error !== undefined}
				aria-describedby={described}
				onInput={(event) => {
					props.value.value = event.currentTarget.value;
					props.onEdit?.();
				}}
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
