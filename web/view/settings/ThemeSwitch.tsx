import { signal } from "@preact/signals";
import { Icon } from "../controls/Icon.tsx";
import { applyTheme, storedTheme, storeTheme, type Theme } from "./theme-choice.ts";

const CHOICES: { theme: Theme; label: string }[] = [
	{ theme: "system", label: "System" },
	{ theme: "light", label: "Light" },
	{ theme: "dark", label: "Dark" },
];
const chosen = signal(storedTheme());

function choose(theme: Theme): void {
	chosen.value = theme;
	applyTheme(theme);
	storeTheme(theme);
}

export function ThemeSwitch() {
	return (
		<fieldset class="theme">
			<legend class="visually-hidden">Theme</legend>
			{CHOICES.map(({ theme, label }) => (
				<label key={theme} class="theme__choice" title={label}>
					<input
						class="visually-hidden"
						type="radio"
						name="theme"
						checked={chosen.value === theme}
						onChange={() => choose(theme)}
					/>
					<Icon name={theme} size={16} />
					<span class="visually-hidden">{label}</span>
				</label>
			))}
		</fieldset>
	);
}
