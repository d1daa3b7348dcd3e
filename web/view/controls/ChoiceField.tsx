import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

type Props<Value extends string> = {
	legend: string;
	name: string;
	choices: { value: Value; label: string; icon?: VNode }[];
	chosen: ReadonlySignal<Value>;
	onChoose: (value: Value) => void;
};

/** A choice between a few values, side by side. */
export function ChoiceField<Value extends string>({ legend, name, choices, chosen, onChoose }: Props<Value>) {
	return (
		<fieldset class="choice">
			<legend class="choice__legend">{legend}</legend>
			<div class="choice__values">
				{choices.map(({ value, label, icon }) => (
					<label key={value} class="choice__value">
						<input
							class="visually-hidden"
							type="radio"
							name={name}
							checked={chosen.value === value}
							onChange={() => onChoose(value)}
						/>
						{icon}
						{label}
					</label>
				))}
			</div>
		</fieldset>
	);
}
