import type { Signal } from "@preact/signals";
import { SKIN_TONES, type SkinTone, withTone } from "./skin-tone.ts";

/** The choice of the skin tone. */
export function SkinTones({ tone, onChoose }: { tone: Signal<SkinTone>; onChoose: (tone: SkinTone) => void }) {
	return (
		<fieldset class="skin-tones">
			<legend class="visually-hidden">Skin tone</legend>
			{SKIN_TONES.map(({ tone: each, label }) => (
				<label key={each} class="skin-tones__tone" title={label}>
					<input
						class="visually-hidden"
						type="radio"
						name="skin-tone"
						checked={tone.value === each}
						onChange={() => onChoose(each)}
						aria-label={label}
					/>
					<span aria-hidden="true">{withTone("✋", each)}</span>
				</label>
			))}
		</fieldset>
	);
}
