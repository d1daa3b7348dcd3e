/** `system` follows the device. */
export type Theme = "system" | "light" | "dark";

const KEY = "hubbub.theme";
/** Colours of the browser's address bar; equal to `--ground`. */
const BAR_COLOURS = { light: "#f1efe9", dark: "#121715" };

export function storedTheme(): Theme {
	try {
		const stored = localStorage.getItem(KEY);
		return stored === "light" || stored === "dark" ? stored : "system";
	} catch {
		// Storage is blocked.
		return "system";
	}
}

export function storeTheme(theme: Theme): void {
	try {
		if (theme === "system") localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, theme);
	} catch {
		// Storage is blocked: the theme lasts until the page is closed.
	}
}

export function applyTheme(theme: Theme): void {
	if (theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
		meta.content = BAR_COLOURS[theme === "system" ? ownScheme(meta) : theme];
	}
}

function ownScheme(meta: HTMLMetaElement): "light" | "dark" {
	return meta.media.includes("dark") ? "dark" : "light";
}
