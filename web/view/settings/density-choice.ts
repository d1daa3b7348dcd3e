/** The space between messages. */
export type Density = "comfortable" | "compact";

const KEY = "hubbub.density";

export function storedDensity(): Density {
	try {
		return localStorage.getItem(KEY) === "compact" ? "compact" : "comfortable";
	} catch {
		// Storage is blocked.
		return "comfortable";
	}
}

export function storeDensity(density: Density): void {
	try {
		if (density === "comfortable") localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, density);
	} catch {
		// Storage is blocked: the density lasts until the page is closed.
	}
}

export function applyDensity(density: Density): void {
	if (density === "comfortable") delete document.documentElement.dataset.density;
	else document.documentElement.dataset.density = density;
}
